#define _GNU_SOURCE
#include "AllocationCounter.h"

/// The C library lets a program define these functions; all libraries of the process then call them.

static _Thread_local unsigned long count;

unsigned long allocation_count(void) { return count; }

#if defined(__linux__)
#include <errno.h>
#include <link.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/// Where the code of oneDNN lies. It takes room of its own for large products, and gives it back; that is not counted.
static uintptr_t library_start, library_end;

static int find_library(struct dl_phdr_info *object, size_t size, void *unused) {
    if (!object->dlpi_name || !strstr(object->dlpi_name, "libdnnl")) return 0;
    for (int part = 0; part < object->dlpi_phnum; part++) {
        const ElfW(Phdr) *header = &object->dlpi_phdr[part];
        if (header->p_type != PT_LOAD || !(header->p_flags & PF_X)) continue;
        library_start = object->dlpi_addr + header->p_vaddr;
        library_end = library_start + header->p_memsz;
    }
    return 1;
}

__attribute__((constructor)) static void look_for_library(void) { dl_iterate_phdr(find_library, NULL); }

static void add(void *caller) {
    uintptr_t place = (uintptr_t)caller;
    if (place < library_start || place >= library_end) count++;
}

extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);
extern void __libc_free(void *);

void *malloc(size_t size) {
    add(__builtin_return_address(0));
    return __libc_malloc(size);
}

void *calloc(size_t number, size_t size) {
    add(__builtin_return_address(0));
    return __libc_calloc(number, size);
}

void *realloc(void *block, size_t size) {
    add(__builtin_return_address(0));
    return __libc_realloc(block, size);
}

void *memalign(size_t alignment, size_t size) {
    add(__builtin_return_address(0));
    return __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
    add(__builtin_return_address(0));
    return __libc_memalign(alignment, size);
}

int posix_memalign(void **block, size_t alignment, size_t size) {
    add(__builtin_return_address(0));
    void *memory = __libc_memalign(alignment, size);
    if (!memory) return ENOMEM;
    *block = memory;
    return 0;
}

void free(void *block) {
    if (block) add(__builtin_return_address(0));
    __libc_free(block);
}
#endif
