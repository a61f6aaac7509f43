/* In C, because between vfork and exec nothing of a runtime may run. */
#define _GNU_SOURCE
#include "running.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static void set_default(int number) {
    static const struct sigaction usual = {.sa_handler = SIG_DFL};
    sigaction(number, &usual, NULL);
}

/* A surrounding of the program's own; all NULL is ours. */
struct surrounding {
    char *const *variables;
    const char *folder;
};

/* In the child, which shares our memory until it becomes the program. */
static int become(char *const arguments[], const struct surrounding *own, int output) {
    /* Handlers of ours must not run here. What the caller has us ignore stays ignored, as for any program; but a broken
       pipe is ours to ignore, and who has a surrounding of its own has no caller. */
    for (int number = 1; number < NSIG; number++) {
        struct sigaction action;
        if (own->variables || (sigaction(number, NULL, &action) == 0 && action.sa_handler != SIG_IGN))
            set_default(number);
    }
    set_default(SIGPIPE);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);

    setsid();
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    int empty = open("/dev/null", O_RDONLY);
    if (empty < 0 || dup2(empty, STDIN_FILENO) < 0 || dup2(output, STDOUT_FILENO) < 0) return errno;
    if (own->folder && chdir(own->folder) != 0 && chdir("/") != 0) return errno;
    if (own->variables) {
        int silence = open("/dev/null", O_WRONLY);
        if (silence < 0 || dup2(silence, STDERR_FILENO) < 0) return errno;
    }
    closefrom(STDERR_FILENO + 1);
    if (own->variables) {
        execve(arguments[0], arguments, own->variables);
    } else {
        execvp(arguments[0], arguments);
    }
    return errno;
}

static pid_t start(char *const arguments[], struct surrounding own, int *output) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return -1;
    /* A caller that ignores this signal would never learn how the program ended. */
    struct sigaction children;
    if (sigaction(SIGCHLD, NULL, &children) == 0 && children.sa_handler == SIG_IGN) set_default(SIGCHLD);

    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    volatile int failure = 0;
    pid_t program = vfork();
    if (program == 0) {
        failure = become(arguments, &own, ends[1]);
        _exit(127);
    }
    int reason = program < 0 ? errno : failure;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    close(ends[1]);
    if (program > 0 && reason == 0) {
        *output = ends[0];
        return program;
    }
    if (program > 0) waitpid(program, NULL, 0);
    close(ends[0]);
    errno = reason;
    return -1;
}

pid_t linux_start(char *const arguments[], int *output) {
    return start(arguments, (struct surrounding){NULL, NULL}, output);
}

pid_t linux_start_bare(char *const arguments[], char *const variables[], const char *folder, int *output) {
    return start(arguments, (struct surrounding){variables, folder}, output);
}

char *linux_variable(const char *name) {
    size_t length = strlen(name);
    for (char **next = environ; next && *next; next++) {
        if (strncmp(*next, name, length) == 0 && (*next)[length] == '=') return *next;
    }
    return NULL;
}
