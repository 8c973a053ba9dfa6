/*
 * A disk that takes longer: every fsync and fdatasync of the process waits SLOW_FSYNC_US microseconds first.
 *
 *     cc -shared -fPIC -O2 -o target/slow-fsync.so src/bench/c/slow-fsync.c -ldl
 *     LD_PRELOAD=$PWD/target/slow-fsync.so SLOW_FSYNC_US=1000 mvn -Pbench verify -Dbench.scenarios=ack
 *
 * The benchmark's own fsync waits as well, so its ratio stays one of equals. See src/doc/performance.md.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>

static void wait_first(void) {
    const char *setting = getenv("SLOW_FSYNC_US");
    long us = setting == NULL ? 0 : atol(setting);
    struct timespec time = {us / 1000000, us % 1000000 * 1000};
    if (us > 0) nanosleep(&time, NULL);
}

int fsync(int fd) {
    static int (*of_libc)(int);
    if (of_libc == NULL) of_libc = (int (*)(int)) dlsym(RTLD_NEXT, "fsync");
    wait_first();
    return of_libc(fd);
}

int fdatasync(int fd) {
    static int (*of_libc)(int);
    if (of_libc == NULL) of_libc = (int (*)(int)) dlsym(RTLD_NEXT, "fdatasync");
    wait_first();
    return of_libc(fd);
}
