/* Records what a program writes below a folder, and what it brings to the disk: `power.py` reads it and says what a power cut leaves.
 *
 * Loaded before a program (LD_PRELOAD) it passes each call on and then notes it at the end of the file KEHOACH_RECORD, for what lies below
 * the folder KEHOACH_WATCH. A note is `struct note`, then two pieces of bytes: names, or what was written. What is written to the
 * standard output is noted, too: by then it is acknowledged. SQLite's shared memory is left out: it is made anew after a crash.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

struct note {
    uint32_t kind;   /* C create, W write, T truncate, S sync, R rename, L link, U unlink, M make folder, D delete folder, A acknowledge */
    uint32_t first;  /* bytes of the first piece, and of the second */
    uint64_t second;
    uint64_t inode;
    int64_t at; /* offset of a write, size of a truncated file */
};

#define REAL(name) ((__typeof__(&name))real(#name))
#define BELOW 4096

static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static int record = -1;

static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

static void note(uint32_t kind, uint64_t inode, int64_t at, const void *first, size_t length, const void *second, size_t more) {
    if (record < 0) {
        const char *path = getenv("KEHOACH_RECORD");
        int opened = path ? REAL(open)(path, O_WRONLY | O_APPEND | O_CREAT, 0644) : -1;
        if (opened < 0) return;
        record = fcntl(opened, F_DUPFD_CLOEXEC, 700);
        close(opened);
    }
    struct note head = {kind, (uint32_t)length, more, inode, at};
    struct iovec pieces[3] = {{&head, sizeof head}, {(void *)first, length}, {(void *)second, more}};
    REAL(writev)(record, pieces, 3);
}

static int watched(const char *path) {
    const char *folder = getenv("KEHOACH_WATCH");
    size_t length = folder ? strlen(folder) : 0, whole = strlen(path);
    if (!length || strncmp(path, folder, length) || (path[length] != '/' && path[length])) return 0;
    return whole < 4 || strcmp(path + whole - 4, "-shm");
}

/* The path of an open file; "" where it has none that is watched. */
static const char *named(int fd, char *path) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, BELOW - 1);
    path[length < 0 ? 0 : length] = 0;
    return watched(path) ? path : "";
}

static const char *absolute(int folder, const char *given, char *path) {
    if (given[0] == '/') {
        snprintf(path, BELOW, "%s", given);
        return path;
    }
    char beside[BELOW] = "";
    if (folder == AT_FDCWD) {
        if (!getcwd(beside, sizeof beside)) beside[0] = 0;
    } else {
        char link[64];
        snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
        ssize_t length = readlink(link, beside, sizeof beside - 1);
        beside[length < 0 ? 0 : length] = 0;
    }
    if (snprintf(path, BELOW, "%s/%s", beside, given) >= BELOW) path[0] = 0;
    return path;
}

static uint64_t inode_of(int fd) {
    struct stat found;
    return fstat(fd, &found) ? 0 : found.st_ino;
}

static uint64_t inode_at(const char *path) {
    struct stat found;
    return lstat(path, &found) ? 0 : found.st_ino;
}

static int opened(int folder, const char *given, int flags, mode_t mode) {
    char path[BELOW];
    __typeof__(&openat) call = REAL(openat);
    if (!(flags & (O_CREAT | O_TRUNC)) || (flags & O_TMPFILE) == O_TMPFILE || !watched(absolute(folder, given, path)))
        return call(folder, given, flags, mode);
    pthread_mutex_lock(&turn);
    int was = inode_at(path) != 0, fd = call(folder, given, flags, mode), error = errno;
    if (fd >= 0 && !was) note('C', inode_of(fd), 0, path, strlen(path), "", 0);
    if (fd >= 0 && was && flags & O_TRUNC) note('T', inode_of(fd), 0, "", 0, "", 0);
    pthread_mutex_unlock(&turn);
    errno = error;
    return fd;
}

#define MODE(flags, mode) do { va_list more; va_start(more, flags); mode = flags & O_CREAT ? va_arg(more, mode_t) : 0; va_end(more); } while (0)
int open(const char *path, int flags, ...) { mode_t mode; MODE(flags, mode); return opened(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { mode_t mode; MODE(flags, mode); return opened(AT_FDCWD, path, flags, mode); }
int openat(int folder, const char *path, int flags, ...) { mode_t mode; MODE(flags, mode); return opened(folder, path, flags, mode); }
int openat64(int folder, const char *path, int flags, ...) { mode_t mode; MODE(flags, mode); return opened(folder, path, flags, mode); }
int creat(const char *path, mode_t mode) { return opened(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode); }

static void note_write(int fd, const void *data, ssize_t length, int64_t at) {
    char path[BELOW];
    if (length > 0 && *named(fd, path)) note('W', inode_of(fd), at < 0 ? lseek(fd, 0, SEEK_CUR) - length : at, "", 0, data, length);
}

#define WROTE(fd, data, at, call)                             \
    do {                                                      \
        pthread_mutex_lock(&turn);                            \
        ssize_t done = call;                                  \
        int error = errno;                                    \
        note_write(fd, data, done, at);                       \
        pthread_mutex_unlock(&turn);                          \
        errno = error;                                        \
        return done;                                          \
    } while (0)

ssize_t write(int fd, const void *data, size_t length) {
    if (fd == 1) note('A', 0, 0, "", 0, data, length);
    WROTE(fd, data, -1, REAL(write)(fd, data, length));
}
ssize_t pwrite(int fd, const void *data, size_t length, off_t at) { WROTE(fd, data, at, REAL(pwrite)(fd, data, length, at)); }
ssize_t pwrite64(int fd, const void *data, size_t length, off64_t at) { WROTE(fd, data, at, REAL(pwrite64)(fd, data, length, at)); }

/* What came from elsewhere is read back. */
static ssize_t copied(int fd, ssize_t done) {
    int error = errno;
    char path[BELOW], link[64];
    if (done > 0 && *named(fd, path)) {
        char *data = malloc(done);
        int64_t at = lseek(fd, 0, SEEK_CUR) - done;
        snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
        int again = REAL(open)(link, O_RDONLY);
        if (data && pread(again, data, done, at) == done) note('W', inode_of(fd), at, "", 0, data, done);
        close(again);
        free(data);
    }
    errno = error;
    return done;
}

ssize_t writev(int fd, const struct iovec *pieces, int count) { return copied(fd, REAL(writev)(fd, pieces, count)); }
ssize_t sendfile(int to, int from, off_t *at, size_t length) { return copied(to, REAL(sendfile)(to, from, at, length)); }
ssize_t sendfile64(int to, int from, off64_t *at, size_t length) { return copied(to, REAL(sendfile64)(to, from, at, length)); }
ssize_t copy_file_range(int from, off64_t *at, int to, off64_t *there, size_t length, unsigned flags) {
    if (there) { errno = ENOSYS; return -1; }
    return copied(to, REAL(copy_file_range)(from, at, to, there, length, flags));
}

#define THEN(call, noting)                 \
    do {                                   \
        char path[BELOW], other[BELOW];    \
        (void)path, (void)other;           \
        pthread_mutex_lock(&turn);         \
        int done = call, error = errno;    \
        if (!done) { noting; }             \
        pthread_mutex_unlock(&turn);       \
        errno = error;                     \
        return done;                       \
    } while (0)
#define SHRUNK if (*named(fd, path)) note('T', inode_of(fd), size, "", 0, "", 0)
int ftruncate(int fd, off_t size) { THEN(REAL(ftruncate)(fd, size), SHRUNK); }
int ftruncate64(int fd, off64_t size) { THEN(REAL(ftruncate64)(fd, size), SHRUNK); }
#define SYNCED if (*named(fd, path)) note('S', inode_of(fd), 0, path, strlen(path), "", 0)
int fsync(int fd) { THEN(REAL(fsync)(fd), SYNCED); }
int fdatasync(int fd) { THEN(REAL(fdatasync)(fd), SYNCED); }

#define MOVED(kind) \
    if (watched(absolute(from, one, path)) | watched(absolute(to, two, other))) note(kind, inode_at(other), 0, path, strlen(path), other, strlen(other))
int renameat(int from, const char *one, int to, const char *two) { THEN(REAL(renameat)(from, one, to, two), MOVED('R')); }
int renameat2(int from, const char *one, int to, const char *two, unsigned flags) { THEN(REAL(renameat2)(from, one, to, two, flags), MOVED('R')); }
int rename(const char *one, const char *two) { return renameat(AT_FDCWD, one, AT_FDCWD, two); }
int linkat(int from, const char *one, int to, const char *two, int flags) { THEN(REAL(linkat)(from, one, to, two, flags), MOVED('L')); }
int link(const char *one, const char *two) { return linkat(AT_FDCWD, one, AT_FDCWD, two, 0); }

#define GONE(kind) if (watched(absolute(folder, given, path))) note(kind, 0, 0, path, strlen(path), "", 0)
int unlinkat(int folder, const char *given, int flags) { THEN(REAL(unlinkat)(folder, given, flags), GONE(flags & AT_REMOVEDIR ? 'D' : 'U')); }
int unlink(const char *given) { return unlinkat(AT_FDCWD, given, 0); }
int rmdir(const char *given) { return unlinkat(AT_FDCWD, given, AT_REMOVEDIR); }
int mkdirat(int folder, const char *given, mode_t mode) { THEN(REAL(mkdirat)(folder, given, mode), GONE('M')); }
int mkdir(const char *given, mode_t mode) { return mkdirat(AT_FDCWD, given, mode); }
