#pragma once
/// Vector operations that Swift's SIMD types would compile to scalar code. Header-only, so that they inline into Swift.

typedef float cvector_f16 __attribute__((ext_vector_type(16)));
typedef float cvector_f8 __attribute__((ext_vector_type(8)));

/// The square root of each lane, correctly rounded.
static inline __attribute__((always_inline)) cvector_f16 cvector_sqrt16(cvector_f16 x) { return __builtin_elementwise_sqrt(x); }
static inline __attribute__((always_inline)) cvector_f8 cvector_sqrt8(cvector_f8 x) { return __builtin_elementwise_sqrt(x); }

#if defined(__x86_64__)
#include <xmmintrin.h>
/// Sets flush-to-zero and denormals-are-zero on the calling thread: denormal numbers cost a hundred cycles each.
static inline void cvector_flush_denormals(void) { _mm_setcsr(_mm_getcsr() | 0x8040); }
#elif defined(__aarch64__)
static inline void cvector_flush_denormals(void) {
    unsigned long long fpcr;
    __asm__ volatile("mrs %0, fpcr" : "=r"(fpcr));
    __asm__ volatile("msr fpcr, %0" ::"r"(fpcr | (1ull << 24)));
}
#else
static inline void cvector_flush_denormals(void) {}
#endif
