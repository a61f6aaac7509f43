/* In C, because a signal handler may run at any instant and touch nothing but plain memory and a few system calls. */
#define _GNU_SOURCE
#include "typing.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <termios.h>
#include <unistd.h>

static const int watched[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP};
enum { watched_count = sizeof watched / sizeof *watched };

static volatile sig_atomic_t is_hidden, last_signal;
static int terminal = -1;
static pthread_t reader;
static sigset_t mask_before, mask_while_waiting;
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

    /* Once more, with the effect it had before; it waits until it is let through here. SIGQUIT ends the process even
       where a runtime would rather print what is in its memory. */
    static const struct sigaction usual = {.sa_handler = SIG_DFL};
    sigset_t these;
    sigemptyset(&these);
    sigaddset(&these, number);
    sigaction(number, number == SIGQUIT ? &usual : &before[index], NULL);
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
    sigset_t held;
    sigemptyset(&held);
    for (int index = 0; index < watched_count; index++) sigaddset(&held, watched[index]);
    pthread_sigmask(SIG_BLOCK, &held, &mask_before);
    /* Let through while waiting even where they were blocked, as they are in the threads of Swift's pool: what another
       thread passes on would never arrive. */
    mask_while_waiting = mask_before;
    for (int index = 0; index < watched_count; index++) {
        sigdelset(&mask_while_waiting, watched[index]);
        sigaction(watched[index], NULL, &before[index]);
        if (before[index].sa_handler != SIG_IGN) watch(index);
    }
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
    for (int index = 0; index < watched_count; index++) sigaction(watched[index], &before[index], NULL);
    pthread_sigmask(SIG_SETMASK, &mask_before, NULL);
    errno = reason;
    return result;
}

int linux_await_typing(void) {
    struct pollfd typed = {.fd = terminal, .events = POLLIN};
    return ppoll(&typed, 1, NULL, &mask_while_waiting) < 0 ? -1 : 0;
}

int linux_signal_while_typing(void) {
    int number = last_signal;
    last_signal = 0;
    return number;
}
