/* In C, because a handler of a signal must be a function of C, and timer_create wants a thread's number. */
#define _GNU_SOURCE
#include "locking.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#ifndef sigev_notify_thread_id
#define sigev_notify_thread_id _sigev_un._tid
#endif

/* Ends a system call of the thread that it is sent to, and does nothing else. */
static int alarm_signal(void) { return SIGRTMIN + 3; }

static void do_nothing(int number) { (void)number; }

static void install_handler(void) {
    /* Without SA_RESTART: a call that waits is to end. */
    struct sigaction action = {.sa_handler = do_nothing};
    sigemptyset(&action.sa_mask);
    sigaction(alarm_signal(), &action, NULL);
}

static long long milliseconds_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int wait_until(int fd, long long end) {
    while (flock(fd, LOCK_EX) != 0) {
        if (errno != EINTR) return -1;
        if (milliseconds_now() >= end) {
            errno = EWOULDBLOCK;
            return -1;
        }
    }
    return 0;
}

int linux_lock(int fd, long long milliseconds) {
    if (flock(fd, LOCK_EX | LOCK_NB) == 0) return 0;
    if (errno != EWOULDBLOCK && errno != EINTR) return -1;
    if (milliseconds <= 0) {
        errno = EWOULDBLOCK;
        return -1;
    }
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, install_handler);

    long long end = milliseconds_now() + milliseconds;
    struct sigevent event = {.sigev_notify = SIGEV_THREAD_ID, .sigev_signo = alarm_signal()};
    event.sigev_notify_thread_id = gettid();
    timer_t timer;
    if (timer_create(CLOCK_MONOTONIC, &event, &timer) != 0) return -1;

    sigset_t ours, before;
    sigemptyset(&ours);
    sigaddset(&ours, alarm_signal());
    pthread_sigmask(SIG_UNBLOCK, &ours, &before);
    /* Again and again, because the first may come before the call has begun to wait. */
    struct itimerspec when = {
        .it_value = {.tv_sec = milliseconds / 1000, .tv_nsec = milliseconds % 1000 * 1000000},
        .it_interval = {.tv_nsec = 20000000},
    };
    timer_settime(timer, 0, &when, NULL);
    int result = wait_until(fd, end), reason = errno;

    /* None may be left: a program that this one becomes would get it, and die of it. */
    pthread_sigmask(SIG_BLOCK, &ours, NULL);
    timer_delete(timer);
    struct timespec now = {0};
    while (sigtimedwait(&ours, NULL, &now) > 0) {}
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    errno = reason;
    return result;
}
