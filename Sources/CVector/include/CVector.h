#pragma once
/// Vector operations that Swift's SIMD types would compile to sixteen scalar instructions, a prefetch, and the thread's
/// floating-point mode. Header-only, so that each inlines into Swift as one instruction.

typedef float cvector_f16 __attribute__((ext_vector_type(16)));

#define CVECTOR static inline __attribute__((always_inline))

/// The square root of each lane, correctly rounded.
CVECTOR cvector_f16 cvector_sqrt(cvector_f16 x) { return __builtin_elementwise_sqrt(x); }
/// a * b + c in each lane, rounded once.
CVECTOR cvector_f16 cvector_fma(cvector_f16 a, cvector_f16 b, cvector_f16 c) { return __builtin_elementwise_fma(a, b, c); }
/// The magnitude of each lane.
CVECTOR cvector_f16 cvector_abs(cvector_f16 x) { return __builtin_elementwise_abs(x); }
/// The sum of the lanes, added as a tree: the same order on every processor.
CVECTOR float cvector_sum(cvector_f16 x) {
    typedef float f8 __attribute__((ext_vector_type(8)));
    typedef float f4 __attribute__((ext_vector_type(4)));
    f8 a = x.lo + x.hi;
    f4 b = a.lo + a.hi;
    return (b.x + b.z) + (b.y + b.w);
}
/// Asks for a cache line before it is needed.
CVECTOR void cvector_prefetch(const void *address) { __builtin_prefetch(address, 1, 3); }

#if defined(__x86_64__)
#include <xmmintrin.h>
/// Sets flush-to-zero and denormals-are-zero on the calling thread: arithmetic on denormal numbers is a hundred times slower.
CVECTOR void cvector_flush_denormals(void) { _mm_setcsr(_mm_getcsr() | 0x8040); }
#elif defined(__aarch64__)
CVECTOR void cvector_flush_denormals(void) {
    unsigned long long fpcr;
    __asm__ volatile("mrs %0, fpcr" : "=r"(fpcr));
    __asm__ volatile("msr fpcr, %0" ::"r"(fpcr | (1ull << 24)));
}
#else
CVECTOR void cvector_flush_denormals(void) {}
#endif
