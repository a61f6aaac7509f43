#define _GNU_SOURCE
#include "watching.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

static const int watched[] = {SIGINT, SIGTERM, SIGHUP};
enum { watched_count = sizeof watched / sizeof watched[0] };

static struct sigaction before[watched_count];
static volatile sig_atomic_t first;
static int ends[2] = {-1, -1};

static void tell(int number) {
    unsigned char byte = (unsigned char)number;
    int kept = errno;
    ssize_t written = write(ends[1], &byte, 1);
    (void)written;
    errno = kept;
}

static void handle(int number) {
    if (first != 0) _exit(128 + number);
    first = number;
    tell(number);
}

int linux_watch_signals(void) {
    struct sigaction action = {.sa_handler = handle, .sa_flags = SA_RESTART};
    first = 0;
    if (pipe2(ends, O_CLOEXEC) != 0) return -1;
    sigemptyset(&action.sa_mask);
    for (int i = 0; i < watched_count; i++) {
        sigaction(watched[i], NULL, &before[i]);
        /* What was ignored (nohup) stays so. */
        if (before[i].sa_handler != SIG_IGN) sigaction(watched[i], &action, NULL);
    }
    return ends[0];
}

void linux_unwatch_signals(void) {
    for (int i = 0; i < watched_count; i++) sigaction(watched[i], &before[i], NULL);
    tell(0);
}

int linux_watched_signal(void) { return first; }
