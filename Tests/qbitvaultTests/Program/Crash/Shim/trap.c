/* System calls, caught at the border of the kernel: a filter lets through what the gate below asks for and what has
 * nothing to do with files, and turns all else into SIGSYS, whoever asked (libc from within, the Swift runtime, a
 * library). The handler answers in the kernel's place. */
#include "shim.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

#ifndef __x86_64__
#error "written for x86-64 alone: the gate, the registers and the numbers of the calls"
#endif

enum { descriptors = 256, longest_name = 200 };

static struct order order;
static char folder[longest_name];
static size_t folder_length;
/* Below the folder; an empty one is not of it. */
static char names[descriptors][longest_name];

long gate(long number, long a, long b, long c, long d, long e, long f);
extern const char gate_end[];
__asm__(".text\n"
        ".hidden gate\n.globl gate\n.type gate, @function\n"
        "gate: mov %rdi, %rax\nmov %rsi, %rdi\nmov %rdx, %rsi\nmov %rcx, %rdx\nmov %r8, %r10\nmov %r9, %r8\n"
        "mov 8(%rsp), %r9\nsyscall\n"
        ".hidden gate_end\n.globl gate_end\ngate_end: ret\n");

static long pass(long number, const long a[6]) { return gate(number, a[0], a[1], a[2], a[3], a[4], a[5]); }

/* Puts the name below the folder into `name`; false where it is not of the folder. */
static int resolve(long descriptor, const char *path, char *name) {
    if (path == NULL || *path == 0) {
        if (descriptor < 0 || descriptor >= descriptors || names[descriptor][0] == 0) return 0;
        strcpy(name, names[descriptor]);
        return 1;
    }
    if (*path != '/') {
        if (descriptor < 0 || descriptor >= descriptors || names[descriptor][0] == 0) return 0;
        return snprintf(name, longest_name, "%s/%s", names[descriptor], path) < longest_name;
    }
    if (strncmp(path, folder, folder_length) != 0) return 0;
    const char *rest = path + folder_length;
    if (*rest != 0 && *rest != '/') return 0;
    return snprintf(name, longest_name, "%s", *rest == 0 ? "." : rest + 1) < longest_name;
}

static int is_of_folder(const struct call *call, const long a[6], char *name, char *second) {
    long descriptor = call->descriptor < 0 ? AT_FDCWD : (int)a[(int)call->descriptor];
    const char *path = call->path < 0 ? NULL : (const char *)a[(int)call->path];
    *second = 0;
    int is_ours = resolve(descriptor, path, name);
    if (call->second >= 0) {
        long other = call->descriptor < 0 ? AT_FDCWD : (int)a[call->second - 1];
        is_ours |= resolve(other, (const char *)a[(int)call->second], second);
    }
    return is_ours;
}

/* What of `enum trait` this very call has: opening makes a file only if it is asked to. */
static int traits_of(const struct call *call, const long a[6]) {
    int traits = call->traits;
    if (!(traits & makes)) return traits;
    long flags = call->path == 0 ? a[1] : a[2];
    return call->number == SYS_creat || flags & (O_CREAT | O_TRUNC) ? traits : traits & ~(makes | grows);
}

static void list(const struct call *call, const char *name, const char *second, int traits, long result) {
    char line[3 * longest_name];
    int length = snprintf(
        line, sizeof line, "%s\t%d\t%ld\t%s\t%s\n", call->name, traits, result, name, second);
    unsigned start = atomic_fetch_add(&record->listed, (unsigned)length);
    if (start + (unsigned)length <= sizeof record->list) memcpy(record->list + start, line, (size_t)length);
}

static void end(void) {
    gate(SYS_kill, getpid(), SIGKILL, 0, 0, 0, 0);
    for (;;) pause();
}

/* The call with the fault that was ordered for it. */
static long faulty(const struct call *call, const long a[6], int traits) {
    long part[6];
    memcpy(part, a, sizeof part);
    part[2] = order.code;
    switch (order.fault) {
        case fault_kill: end(); return -EIO;
        case fault_torn: pass(call->number, part); end(); return -EIO;
        case fault_short: return pass(call->number, part);
        default:
            /* As Linux does it: closed all the same. */
            if (traits & closes) pass(call->number, a);
            return -order.code;
    }
}

/* Descriptors come and go. */
static void follow(const long a[6], int traits, long result, const char *name) {
    long descriptor = (int)a[0];
    if (traits & closes && descriptor >= 0 && descriptor < descriptors) names[descriptor][0] = 0;
    if (result >= 0 && result < descriptors) strcpy(names[result], name);
}

static int is_opening(const struct call *call, const long a[6]) {
    if (call->number == SYS_fcntl) return a[1] == F_DUPFD || a[1] == F_DUPFD_CLOEXEC;
    return call->traits & (makes | copies);
}

static long answer(long number, const long a[6]) {
    const struct call *call = call_of(number);
    if (call == NULL) {
        atomic_store(&record->unknown, (int)number);
        return pass(number, a);
    }
    char name[longest_name], second[longest_name];
    if (!is_of_folder(call, a, name, second)) {
        long result = pass(number, a);
        if (call->traits & closes) follow(a, closes, -1, "");
        else if (is_opening(call, a)) follow(a, 0, result, "");
        return result;
    }
    int traits = traits_of(call, a);
    unsigned index = atomic_fetch_add(&record->calls, 1) + 1;
    int strikes = order.fault == fault_full ? index >= order.at && traits & grows
                                            : order.fault != fault_none && index == order.at;
    if (strikes) {
        if (atomic_fetch_add(&record->injected, 1) == 0) list(call, name, second, traits, -1);
    }
    long result = strikes ? faulty(call, a, traits) : pass(number, a);
    if (order.fault == fault_none) list(call, name, second, traits, result);
    if (traits & closes) follow(a, traits, -1, "");
    else if (is_opening(call, a)) follow(a, 0, result, name);
    return result;
}

static void on_trap(int number, siginfo_t *info, void *context) {
    (void)number;
    greg_t *at = ((ucontext_t *)context)->uc_mcontext.gregs;
    const long a[6] = {at[REG_RDI], at[REG_RSI], at[REG_RDX], at[REG_R10], at[REG_R8], at[REG_R9]};
    int kept = errno;
    at[REG_RAX] = answer(info->si_syscall, a);
    errno = kept;
}

static void refuse_start(const char *why) {
    dprintf(2, "shim: %s\n", why);
    _exit(99);
}

void trap_calls(const struct order *given, const char *below) {
    order = *given;
    folder_length = strlen(below);
    if (folder_length >= sizeof folder) refuse_start("the folder's name is too long");
    strcpy(folder, below);

    struct sigaction action = {.sa_sigaction = on_trap, .sa_flags = SA_SIGINFO | SA_RESTART | SA_NODEFER};
    if (sigaction(SIGSYS, &action, NULL) != 0) refuse_start("no handler");

    uint64_t end_of_gate = (uint64_t)(uintptr_t)gate_end;
    struct sock_filter filter[256] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AUDIT_ARCH_X86_64, 1, 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, instruction_pointer)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)end_of_gate, 0, 3),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, instruction_pointer) + 4),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)(end_of_gate >> 32), 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        /* Memory without a file. */
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_mmap, 0, 4),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[4])),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0xffffffff, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRAP),
    };
    size_t used = 14;
    for (size_t i = 0; i < other_calls_count; i++) {
        filter[used++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)other_calls[i], 0, 1);
        filter[used++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    }
    filter[used++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRAP);
    struct sock_fprog program = {.len = (unsigned short)used, .filter = filter};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) refuse_start("privileges could not be given up");
    if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0) refuse_start("no filter");
}
