/* In C, because between vfork and exec, and in a signal handler, nothing of a runtime may run. */
#define _GNU_SOURCE
#include "becoming.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static sigset_t blocked, ignored;
static struct rlimit core;

/* 0: none yet. */
static _Atomic pid_t program;
static _Atomic int kept;
/* At a terminal's end the system tells the leader of the session alone. */
static int leads_session;

void linux_note_caller(void) {
    pthread_sigmask(SIG_SETMASK, NULL, &blocked);
    sigemptyset(&ignored);
    for (int number = 1; number < NSIG; number++) {
        struct sigaction action;
        if (sigaction(number, NULL, &action) == 0 && action.sa_handler == SIG_IGN) sigaddset(&ignored, number);
    }
    getrlimit(RLIMIT_CORE, &core);
}

void linux_restore_caller(void) {
    struct sigaction action = {.sa_handler = SIG_DFL};
    for (int number = 1; number < NSIG; number++) {
        action.sa_handler = sigismember(&ignored, number) == 1 ? SIG_IGN : SIG_DFL;
        sigaction(number, &action, NULL);
    }
    setrlimit(RLIMIT_CORE, &core);
    /* Last: no handler of ours may run in a program that is about to begin. */
    pthread_sigmask(SIG_SETMASK, &blocked, NULL);
}

int linux_become(char *const arguments[], char *const variables[]) {
    return execvpe(arguments[0], arguments, variables);
}

static void pass_on(int number, siginfo_t *info, void *context) {
    (void)context;
    int before = errno;
    pid_t receiver = program;
    if (receiver != 0) {
        if (info->si_code != SI_KERNEL || (number == SIGHUP && leads_session)) kill(receiver, number);
    } else {
        kept = number;
        /* It may have been started meanwhile; one of the two sends it. */
        receiver = program;
        if (receiver != 0 && (number = atomic_exchange(&kept, 0)) != 0) kill(receiver, number);
    }
    errno = before;
}

static int ends_a_process(int number) {
    switch (number) {
    case SIGHUP: case SIGINT: case SIGQUIT: case SIGUSR1: case SIGUSR2: case SIGALRM: case SIGTERM: case SIGSTKFLT:
    case SIGVTALRM: case SIGPROF: case SIGIO: case SIGPWR: return 1;
    default: return number >= SIGRTMIN;
    }
}

void linux_pass_on_signals(void) {
    struct sigaction action = {.sa_sigaction = pass_on, .sa_flags = SA_SIGINFO | SA_RESTART};
    sigfillset(&action.sa_mask);
    leads_session = getsid(0) == getpid();
    for (int number = 1; number < NSIG; number++) {
        if (ends_a_process(number) && sigismember(&ignored, number) == 0) sigaction(number, &action, NULL);
    }
}

int linux_kept_signal(void) { return kept; }

int linux_run(char *const arguments[], char *const variables[]) {
    /* A caller that ignores this signal would never learn how the program ended. */
    const struct sigaction usual = {.sa_handler = SIG_DFL};
    sigaction(SIGCHLD, &usual, NULL);
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    if (kept != 0) {
        pthread_sigmask(SIG_SETMASK, &before, NULL);
        errno = EINTR;
        return -1;
    }
    volatile int failure = 0;
    pid_t child = vfork();
    if (child == 0) {
        linux_restore_caller();
        linux_become(arguments, variables);
        failure = errno;
        _exit(127);
    }
    int reason = child < 0 ? errno : failure;
    if (child > 0 && reason != 0) waitpid(child, NULL, 0);
    if (reason == 0) {
        program = child;
        int early = atomic_exchange(&kept, 0);
        if (early != 0) kill(child, early);
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    errno = reason;
    return reason == 0 ? 0 : -1;
}

int linux_await_end(void) {
    siginfo_t end;
    /* It is not taken off the list of processes: its number stays its own, whatever is passed on to it late. */
    while (waitid(P_PID, (id_t)program, &end, WEXITED | WNOWAIT) != 0) {
        if (errno != EINTR) return 1;
    }
    return end.si_code == CLD_EXITED ? end.si_status : -end.si_status;
}

void linux_end_by_signal(int number) {
    const struct sigaction usual = {.sa_handler = SIG_DFL};
    sigaction(number, &usual, NULL);
    sigset_t only;
    sigemptyset(&only);
    sigaddset(&only, number);
    pthread_sigmask(SIG_UNBLOCK, &only, NULL);
    /* To this very thread: one for the whole process could reach another while this one goes on. */
    raise(number);
    /* The first process of a container outlives it. */
    _exit(128 + number);
}
