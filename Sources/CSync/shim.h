#include <unistd.h>

#ifdef __linux__
/* glibc declares it for _GNU_SOURCE alone, which Swift does not set. */
extern int syncfs(int folder);
#endif
