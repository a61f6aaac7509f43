/* In C, because a signal handler may run at any instant and touch nothing but plain memory and a few system calls. */
#define _GNU_SOURCE
#include "typing.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <termios.h>
#include <unistd.h>

static const int watched[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP};
enum { watched_count = sizeof watched / sizeof *watched };

static volatile sig_atomic_t is_hidden, last_signal;
static int terminal = -1;
static pthread_t reader;
static sigset_t mask_before;
static struct termios shown, hidden;
static struct sigaction before[watched_count];

static int set(const struct termios *mode) {
    int result;
    do result = tcsetattr(terminal, TCSANOW, mode);
    while (result == -1 && errno == EINTR);
    return result;
}

static void watch(int index);

static void come_back_from(int number) {
    int kept = errno, index = 0;
    /* To the thread that waits for the typing, so that its wait ends. The kernel picks any. */
    if (is_hidden && !pthread_equal(pthread_self(), reader)) {
        pthread_kill(reader, number);
        errno = kept;
        return;
    }
    while (index < watched_count - 1 && watched[index] != number) index++;

    tcflush(terminal, TCIFLUSH);
    set(&shown);
    if (number == SIGINT && write(terminal, "\n", 1) < 0) { /* The terminal is gone; so is this process, shortly. */ }

    /* Once more, with the effect it had before. It waits until it is let through here. */
    sigset_t these;
    sigemptyset(&these);
    sigaddset(&these, number);
    sigaction(number, &before[index], NULL);
    raise(number);
    pthread_sigmask(SIG_UNBLOCK, &these, NULL);

    /* Continued after a stop, or somebody else's handler let the process go on. */
    if (is_hidden) {
        watch(index);
        set(&hidden);
        last_signal = number;
    }
    errno = kept;
}

static void watch(int index) {
    struct sigaction action = {.sa_handler = come_back_from};
    sigemptyset(&action.sa_mask);
    sigaction(watched[index], &action, NULL);
}

int linux_hide_typing(int fd) {
    if (is_hidden) {
        errno = EBUSY;
        return -1;
    }
    if (tcgetattr(fd, &shown) == -1) return -1;
    terminal = fd;
    reader = pthread_self();
    hidden = shown;
    hidden.c_iflag |= ICRNL;
    hidden.c_lflag |= ICANON | ECHONL;
    hidden.c_lflag &= ~(tcflag_t)ECHO;
    last_signal = 0;
    is_hidden = 1;
    sigset_t let_through;
    sigemptyset(&let_through);
    for (int index = 0; index < watched_count; index++) {
        sigaction(watched[index], NULL, &before[index]);
        if (before[index].sa_handler != SIG_IGN) watch(index);
        sigaddset(&let_through, watched[index]);
    }
    /* A thread of Swift's pool has them all blocked, and what come_back_from sends it would wait for ever. */
    pthread_sigmask(SIG_UNBLOCK, &let_through, &mask_before);
    if (set(&hidden) == -1) {
        int reason = errno;
        linux_show_typing();
        errno = reason;
        return -1;
    }
    tcflush(fd, TCIFLUSH);
    return 0;
}

int linux_show_typing(void) {
    if (!is_hidden) return 0;
    is_hidden = 0;
    int result = set(&shown), reason = errno;
    pthread_sigmask(SIG_SETMASK, &mask_before, NULL);
    for (int index = 0; index < watched_count; index++) sigaction(watched[index], &before[index], NULL);
    errno = reason;
    return result;
}

int linux_signal_while_typing(void) {
    int number = last_signal;
    last_signal = 0;
    return number;
}
