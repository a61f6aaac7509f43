#define _GNU_SOURCE
#include "probe.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

enum { most_tasks = 256 };

/* A thread, as ptrace knows them. */
struct task {
    pid_t thread, process;
    int has_pending, pending; /* what it stopped for when it was made to stand still */
};

static struct task tasks[most_tasks];
static pid_t ended[most_tasks];
static int ended_count;
static FILE *report;
static pid_t first;
static int is_started;

static struct task *task_of(pid_t thread) {
    struct task *unused = NULL;
    for (int i = 0; i < most_tasks; i++) {
        if (tasks[i].thread == thread) return &tasks[i];
        if (tasks[i].thread == 0 && !unused) unused = &tasks[i];
    }
    if (!unused) abort();
    *unused = (struct task){.thread = thread, .process = thread};
    char path[64], line[128];
    snprintf(path, sizeof path, "/proc/%d/status", (int)thread);
    FILE *status = fopen(path, "r");
    while (status && fgets(line, sizeof line, status))
        if (sscanf(line, "Tgid: %d", &unused->process) == 1) break;
    if (status) fclose(status);
    return unused;
}

/* Has the other threads of a process stand still, so that nothing moves under the search. */
static void hold_others(const struct task *task) {
    for (int i = 0; i < most_tasks; i++) {
        struct task *other = &tasks[i];
        if (other->thread == 0 || other == task || other->process != task->process || other->has_pending) continue;
        if (ptrace(PTRACE_INTERRUPT, other->thread, 0, 0) != 0) continue;
        if (waitpid(other->thread, &other->pending, __WALL) == other->thread) other->has_pending = 1;
    }
}

static void look(const struct task *task, const char *moment, const char *detail) {
    fprintf(report, "moment\t%s\t%s\t%s\n", moment, task->process == first ? "program" : "child", detail);
    memory_search(task->process, report);
    arguments_search(report);
}

static int is_socket(pid_t process, int descriptor) {
    char path[64], target[16] = {0};
    snprintf(path, sizeof path, "/proc/%d/fd/%d", (int)process, descriptor);
    return readlink(path, target, sizeof target - 1) > 0 && strncmp(target, "socket:", 7) == 0;
}

static size_t fetch(pid_t process, uint64_t from, void *to, size_t count) {
    struct iovec here = {to, count}, there = {(void *)(uintptr_t)from, count};
    ssize_t got = process_vm_readv(process, &here, 1, &there, 1, 0);
    return got > 0 ? (size_t)got : 0;
}

/* What a call is about to write, up to the end of the line or the first byte that is no text; at most `room`. */
static void first_line(pid_t process, const struct __ptrace_syscall_info *call, char *line, size_t room) {
    uint64_t start = call->entry.args[1], length = call->entry.args[2];
    if (call->entry.nr == SYS_sendmsg) {
        struct msghdr message = {0};
        fetch(process, start, &message, sizeof message);
        start = (uint64_t)(uintptr_t)message.msg_iov;
    }
    if (call->entry.nr == SYS_sendmsg || call->entry.nr == SYS_writev) {
        struct iovec part = {0};
        fetch(process, start, &part, sizeof part);
        start = (uint64_t)(uintptr_t)part.iov_base;
        length = part.iov_len;
    }
    size_t count = fetch(process, start, line, length < room - 1 ? length : room - 1), end = 0;
    while (end < count && line[end] >= ' ' && line[end] < 127) end++;
    line[end] = 0;
}

static void mark_ended(pid_t process) {
    if (ended_count < most_tasks) ended[ended_count++] = process;
}

static int has_ended(pid_t process) {
    for (int i = 0; i < ended_count; i++)
        if (ended[i] == process) return 1;
    return 0;
}

static void on_call(const struct task *task) {
    struct __ptrace_syscall_info call = {0};
    if (ptrace(PTRACE_GET_SYSCALL_INFO, task->thread, sizeof call, &call) <= 0) return;
    if (call.op != PTRACE_SYSCALL_INFO_ENTRY) return;
    char line[64] = "";
    switch (call.entry.nr) {
    case SYS_write:
    case SYS_writev:
    case SYS_sendto:
    case SYS_sendmsg:
        if (!is_socket(task->process, (int)call.entry.args[0])) return;
        first_line(task->process, &call, line, sizeof line);
        hold_others(task);
        look(task, "send", line);
        break;
    case SYS_execve:
        if (!is_started) return;
        hold_others(task);
        look(task, "exec", "");
        break;
    case SYS_exit_group:
        hold_others(task);
        look(task, "exit", "");
        mark_ended(task->process);
        break;
    }
}

/* Ended by a signal: its memory is still there, and no call tells. */
static void on_end(const struct task *task) {
    unsigned long status = 0;
    ptrace(PTRACE_GETEVENTMSG, task->thread, 0, &status);
    if ((status & 0x7f) == 0 || has_ended(task->process)) return;
    mark_ended(task->process);
    look(task, "signal", "");
}

static void go_on(pid_t thread, int signal_number) { ptrace(PTRACE_SYSCALL, thread, 0, signal_number); }

static void on_stop(struct task *task, int status) {
    int number = WSTOPSIG(status), event = status >> 16;
    if (number == (SIGTRAP | 0x80)) {
        on_call(task);
        return go_on(task->thread, 0);
    }
    switch (event) {
    case 0: return go_on(task->thread, number);
    case PTRACE_EVENT_STOP:
        /* A stop by a signal lasts until somebody continues it. */
        if (number == SIGSTOP || number == SIGTSTP || number == SIGTTIN || number == SIGTTOU) {
            ptrace(PTRACE_LISTEN, task->thread, 0, 0);
            return;
        }
        break;
    case PTRACE_EVENT_EXIT: on_end(task); break;
    case PTRACE_EVENT_EXEC:
        is_started = 1;
        /* All other threads are gone, and the one that is left has the number of the process. */
        for (int i = 0; i < most_tasks; i++)
            if (tasks[i].process == task->process && &tasks[i] != task) tasks[i].thread = 0;
        break;
    }
    go_on(task->thread, 0);
}

int trace(pid_t child, FILE *to) {
    report = to;
    first = child;
    int result = 0, status;
    long options = PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACECLONE | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK |
                   PTRACE_O_TRACEEXEC | PTRACE_O_TRACEEXIT | PTRACE_O_EXITKILL;
    if (ptrace(PTRACE_SEIZE, child, 0, options) != 0) {
        perror("probe: ptrace");
        exit(125);
    }
    task_of(child);
    kill(child, SIGCONT);
    for (;;) {
        struct task *task = NULL;
        for (int i = 0; i < most_tasks && !task; i++)
            if (tasks[i].thread != 0 && tasks[i].has_pending) task = &tasks[i];
        if (task) {
            task->has_pending = 0;
            status = task->pending;
        } else {
            pid_t thread = waitpid(-1, &status, __WALL);
            if (thread < 0 && errno == EINTR) continue;
            if (thread < 0) return result;
            task = task_of(thread);
        }
        if (WIFSTOPPED(status)) {
            on_stop(task, status);
            continue;
        }
        if (task->thread == child) result = status;
        task->thread = 0;
    }
}
