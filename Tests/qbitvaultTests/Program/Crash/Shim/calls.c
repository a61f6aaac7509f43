/* Which system calls touch files. What stands in neither list here is reported as unknown, so that nothing goes past. */
#include "shim.h"

#include <sys/syscall.h>

#define DESCRIPTOR(NAME, TRAITS) {#NAME, SYS_##NAME, 0, -1, -1, TRAITS}
#define PATH(NAME, TRAITS) {#NAME, SYS_##NAME, -1, 0, -1, TRAITS}
#define PATHS(NAME, TRAITS) {#NAME, SYS_##NAME, -1, 0, 1, TRAITS}
#define AT(NAME, TRAITS) {#NAME, SYS_##NAME, 0, 1, -1, TRAITS}
#define ATS(NAME, TRAITS) {#NAME, SYS_##NAME, 0, 1, 3, TRAITS}

static const struct call calls[] = {
    DESCRIPTOR(read, reads), DESCRIPTOR(pread64, reads), DESCRIPTOR(readv, 0),
    DESCRIPTOR(write, writes | grows), DESCRIPTOR(pwrite64, writes | grows), DESCRIPTOR(writev, grows),
    DESCRIPTOR(close, closes), DESCRIPTOR(fsync, grows), DESCRIPTOR(fdatasync, grows),
    DESCRIPTOR(ftruncate, grows), DESCRIPTOR(fallocate, grows), DESCRIPTOR(flock, 0), DESCRIPTOR(fcntl, copies),
    DESCRIPTOR(fstat, 0), DESCRIPTOR(fchmod, 0), DESCRIPTOR(fchown, 0), DESCRIPTOR(fstatfs, 0),
    DESCRIPTOR(getdents64, 0), DESCRIPTOR(lseek, 0), DESCRIPTOR(ioctl, 0), DESCRIPTOR(fadvise64, 0),
    DESCRIPTOR(dup, copies), DESCRIPTOR(dup2, copies), DESCRIPTOR(dup3, copies), DESCRIPTOR(fchdir, 0),
    {"mmap", SYS_mmap, 4, -1, -1, 0},
    PATH(open, makes | grows), PATH(creat, makes | grows), PATH(stat, 0), PATH(lstat, 0), PATH(statfs, 0),
    PATH(access, 0), PATH(readlink, 0), PATH(mkdir, grows), PATH(rmdir, 0), PATH(unlink, 0), PATH(chmod, 0),
    PATH(chown, 0), PATH(lchown, 0), PATH(truncate, grows), PATH(chdir, 0),
    PATHS(rename, grows), PATHS(link, grows), PATHS(symlink, grows),
    AT(openat, makes | grows), AT(newfstatat, 0), AT(statx, 0), AT(faccessat, 0), AT(faccessat2, 0),
    AT(readlinkat, 0), AT(mkdirat, grows), AT(unlinkat, 0), AT(fchmodat, 0), AT(fchownat, 0), AT(utimensat, 0),
    ATS(renameat, grows), ATS(renameat2, grows), ATS(linkat, grows),
};

const struct call *call_of(long number) {
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        if (calls[i].number == number) return &calls[i];
    }
    return NULL;
}

const int other_calls[] = {
    SYS_futex, SYS_mprotect, SYS_munmap, SYS_madvise, SYS_mremap, SYS_brk, SYS_mlock, SYS_mlock2, SYS_munlock,
    SYS_rt_sigaction, SYS_rt_sigprocmask, SYS_rt_sigreturn, SYS_rt_sigsuspend, SYS_rt_sigtimedwait, SYS_sigaltstack,
    SYS_tgkill, SYS_clone, SYS_clone3, SYS_exit, SYS_exit_group, SYS_set_robust_list, SYS_rseq, SYS_set_tid_address,
    SYS_gettid, SYS_getpid, SYS_getppid, SYS_getuid, SYS_geteuid, SYS_getgid, SYS_getegid, SYS_uname, SYS_sysinfo,
    SYS_getrandom, SYS_prctl, SYS_arch_prctl, SYS_prlimit64, SYS_getrlimit, SYS_setrlimit, SYS_getrusage,
    SYS_setpriority, SYS_sched_yield, SYS_sched_getaffinity, SYS_sched_setscheduler, SYS_membarrier,
    SYS_clock_gettime, SYS_clock_nanosleep, SYS_nanosleep, SYS_gettimeofday, SYS_timerfd_create,
    SYS_timerfd_settime, SYS_timer_create, SYS_timer_settime, SYS_timer_delete, SYS_eventfd2, SYS_epoll_create1, SYS_epoll_ctl, SYS_epoll_wait, SYS_epoll_pwait, SYS_poll,
    SYS_ppoll, SYS_pipe2, SYS_getcwd, SYS_restart_syscall,
    /* Asking who somebody is may lead to a daemon's socket. */
    SYS_socket, SYS_connect, SYS_sendto, SYS_recvfrom, SYS_sendmsg, SYS_recvmsg, SYS_sendmmsg, SYS_recvmmsg,
    SYS_getsockopt, SYS_setsockopt, SYS_getsockname, SYS_getpeername, SYS_shutdown,
};
const size_t other_calls_count = sizeof other_calls / sizeof *other_calls;
