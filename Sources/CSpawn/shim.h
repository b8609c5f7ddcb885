#include <spawn.h>

#ifdef __linux__
/* glibc declares it for _GNU_SOURCE alone, which Swift does not set. */
extern int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int from);
#endif
