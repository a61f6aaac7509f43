#ifndef CFUZZING_H
#define CFUZZING_H

#include <stddef.h>
#include <stdint.h>

/// libFuzzer as a library: runs `check` on one input after the other.
int LLVMFuzzerRunDriver(int *count, char ***arguments, int (*check)(const uint8_t *bytes, size_t count));

/// libFuzzer's usual changes to `count` bytes in a room of `most`. The new count.
size_t LLVMFuzzerMutate(uint8_t *bytes, size_t count, size_t most);

/// Begins to count allocations, once a process. False where the address sanitizer is not there.
int qbv_count_allocations(void);

/// From now on the peak is counted from what is allocated now.
void qbv_reset_peak(void);

/// How many bytes were allocated at once since the last reset, beyond those at the reset.
size_t qbv_peak(void);

#endif
