#define _GNU_SOURCE
#include "watching.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

static const int watched[] = {SIGINT, SIGTERM, SIGHUP};
enum { watched_count = sizeof watched / sizeof watched[0] };

static struct sigaction before[watched_count];
static volatile sig_atomic_t first;
static struct timespec first_at;
/* Never closed: a handler on another thread may still be on its way to it when a watch has ended. */
static int ends[2] = {-1, -1};

/* The kernel and the shell both tell of a terminal's end. */
static int is_echo(int number) {
    struct timespec now;
    if (number != SIGHUP || first != SIGHUP || clock_gettime(CLOCK_MONOTONIC, &now) != 0) return 0;
    return now.tv_sec - first_at.tv_sec <= 1;
}

static void handle(int number) {
    if (first != 0) {
        if (is_echo(number)) return;
        _exit(128 + number);
    }
    int kept = errno;
    clock_gettime(CLOCK_MONOTONIC, &first_at);
    first = number;
    unsigned char byte = (unsigned char)number;
    ssize_t written = write(ends[1], &byte, 1);
    (void)written;
    errno = kept;
}

int linux_watch_signals(void) {
    if (ends[0] < 0 && pipe2(ends, O_CLOEXEC) != 0) return -1;
    struct sigaction action = {.sa_handler = handle, .sa_flags = SA_RESTART};
    /* One at a time, so that the second sees what the first has noted. */
    sigemptyset(&action.sa_mask);
    for (int i = 0; i < watched_count; i++) sigaddset(&action.sa_mask, watched[i]);
    first = 0;
    for (int i = 0; i < watched_count; i++) {
        sigaction(watched[i], NULL, &before[i]);
        /* What was ignored (nohup) stays so. */
        if (before[i].sa_handler != SIG_IGN) sigaction(watched[i], &action, NULL);
    }
    return ends[0];
}

void linux_unwatch_signals(void) {
    for (int i = 0; i < watched_count; i++) sigaction(watched[i], &before[i], NULL);
}

int linux_watched_signal(void) { return first; }
