#include "CVector.h"

unsigned cvector_processor_has(void) {
#if defined(__x86_64__)
    __builtin_cpu_init();
    return (__builtin_cpu_supports("avx2") ? 1u << 0 : 0) | (__builtin_cpu_supports("fma") ? 1u << 1 : 0)
        | (__builtin_cpu_supports("bmi2") ? 1u << 2 : 0) | (__builtin_cpu_supports("avx512f") ? 1u << 3 : 0)
        | (__builtin_cpu_supports("avx512bw") ? 1u << 4 : 0) | (__builtin_cpu_supports("avx512dq") ? 1u << 5 : 0)
        | (__builtin_cpu_supports("avx512vl") ? 1u << 6 : 0) | (__builtin_cpu_supports("avx512vbmi2") ? 1u << 7 : 0)
        | (__builtin_cpu_supports("avx512vnni") ? 1u << 8 : 0) | (__builtin_cpu_supports("avx512bf16") ? 1u << 9 : 0)
        // Asking for AVX-VNNI by name is newer than many compilers; it comes with AVX2 in every processor that has it.
        | 1u << 10;
#else
    return ~0u;
#endif
}
