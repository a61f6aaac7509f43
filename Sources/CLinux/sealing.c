#define _GNU_SOURCE
#include "sealing.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#ifndef MFD_NOEXEC_SEAL /* Linux 6.3 */
#define MFD_NOEXEC_SEAL 0x0008U
#endif

static int write_all(int fd, const unsigned char *bytes, size_t count) {
    while (count > 0) {
        ssize_t written = write(fd, bytes, count);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return -1;
        bytes += written;
        count -= (size_t)written;
    }
    return 0;
}

static int closing(int fd) {
    int reason = errno;
    close(fd);
    errno = reason;
    return -1;
}

int linux_sealed_file(const char *name, const void *bytes, size_t count) {
    unsigned flags = MFD_CLOEXEC | MFD_ALLOW_SEALING;
    /* Some systems refuse a file that could be executed, older ones do not know the flag. */
    int fd = memfd_create(name, flags | MFD_NOEXEC_SEAL);
    if (fd < 0 && errno == EINVAL) fd = memfd_create(name, flags);
    if (fd < 0) return -1;
    int seals = F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL;
    if (write_all(fd, bytes, count) != 0 || fchmod(fd, 0444) != 0 || fcntl(fd, F_ADD_SEALS, seals) != 0
        || lseek(fd, 0, SEEK_SET) != 0)
        return closing(fd);
    int copy = fcntl(fd, F_DUPFD, 10);
    if (copy < 0) copy = fcntl(fd, F_DUPFD, STDERR_FILENO + 1);
    closing(fd);
    return copy;
}

int linux_filled_pipe(const void *bytes, size_t count) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) return -1;
    /* Usually it holds 64 KiB, and one page at the least. */
    if (count > PIPE_BUF && fcntl(ends[1], F_GETPIPE_SZ) < (int)count) fcntl(ends[1], F_SETPIPE_SZ, (int)count);
    int status = write_all(ends[1], bytes, count);
    int reason = errno;
    close(ends[1]);
    errno = reason;
    if (status != 0) return closing(ends[0]);
    /* Whoever reads waits for what comes, as usual. */
    fcntl(ends[0], F_SETFL, 0);
    return ends[0];
}
