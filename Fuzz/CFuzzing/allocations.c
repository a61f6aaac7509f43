#include "CFuzzing.h"

#include <stdatomic.h>

// The address sanitizer's interface (sanitizer/allocator_interface.h).
int __sanitizer_install_malloc_and_free_hooks(
    void (*allocated)(const volatile void *, size_t), void (*freed)(const volatile void *));
size_t __sanitizer_get_allocated_size(const volatile void *place);

static atomic_long now;
static atomic_long peak;

static void allocated(const volatile void *place, size_t count) {
    if (!place) return;
    long sum = atomic_fetch_add_explicit(&now, (long)count, memory_order_relaxed) + (long)count;
    if (sum > atomic_load_explicit(&peak, memory_order_relaxed)) {
        atomic_store_explicit(&peak, sum, memory_order_relaxed);
    }
}

static void freed(const volatile void *place) {
    if (!place) return;
    atomic_fetch_sub_explicit(&now, (long)__sanitizer_get_allocated_size(place), memory_order_relaxed);
}

int qbv_count_allocations(void) { return __sanitizer_install_malloc_and_free_hooks(allocated, freed) > 0; }

void qbv_reset_peak(void) {
    atomic_store_explicit(&now, 0, memory_order_relaxed);
    atomic_store_explicit(&peak, 0, memory_order_relaxed);
}

size_t qbv_peak(void) { return (size_t)atomic_load_explicit(&peak, memory_order_relaxed); }
