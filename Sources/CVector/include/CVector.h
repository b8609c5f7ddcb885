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
typedef float cvector_f8 __attribute__((ext_vector_type(8)));
typedef double cvector_d8 __attribute__((ext_vector_type(8)));
/// The same numbers in 64 bits.
CVECTOR cvector_d8 cvector_widened(cvector_f8 x) { return __builtin_convertvector(x, cvector_d8); }
/// Whether every lane of all four is 0, of whatever sign.
CVECTOR int cvector_are_zero(cvector_f16 a, cvector_f16 b, cvector_f16 c, cvector_f16 d) {
    typedef int i16 __attribute__((ext_vector_type(16)));
    return __builtin_reduce_or((cvector_f16)((i16)a | (i16)b | (i16)c | (i16)d) != 0) == 0;
}
/// Asks for a cache line before it is written.
CVECTOR void cvector_prefetch(const void *address) { __builtin_prefetch(address, 1, 3); }
/// Asks for a cache line before it is read.
CVECTOR void cvector_prefetch_to_read(const void *address) { __builtin_prefetch(address, 0, 3); }

typedef int cvector_i16 __attribute__((ext_vector_type(16)));
/// The lanes of x where a and b are equal, else 0.
CVECTOR cvector_f16 cvector_where_equal(cvector_f16 a, cvector_f16 b, cvector_f16 x) { return (cvector_f16)((a == b) & (cvector_i16)x); }
/// The lanes of x where a and b are not equal, else 0.
CVECTOR cvector_f16 cvector_where_not_equal(cvector_f16 a, cvector_f16 b, cvector_f16 x) {
    return (cvector_f16)(~(a == b) & (cvector_i16)x);
}
/// Writes the first `count` lanes, up to 16, to an address that need not be aligned.
#if defined(__AVX512F__)
#include <immintrin.h>
CVECTOR void cvector_store_first(float *address, cvector_f16 x, long count) {
    _mm512_mask_storeu_ps(address, (__mmask16)((1u << count) - 1), (__m512)x);
}
#else
CVECTOR void cvector_store_first(float *address, cvector_f16 x, long count) {
    for (long lane = 0; lane < count; lane++) address[lane] = x[lane];
}
#endif

/// The calling thread's floating-point mode, to be given back to ``cvector_set_mode``.
typedef unsigned long long cvector_mode;

#if defined(__x86_64__)
#include <xmmintrin.h>
CVECTOR cvector_mode cvector_get_mode(void) { return _mm_getcsr(); }
CVECTOR void cvector_set_mode(cvector_mode mode) { _mm_setcsr((unsigned int)mode); }
/// `mode` with flush-to-zero and denormals-are-zero: arithmetic on denormal numbers is a hundred times slower.
CVECTOR cvector_mode cvector_flushing(cvector_mode mode) { return mode | 0x8040; }
#elif defined(__aarch64__)
CVECTOR cvector_mode cvector_get_mode(void) {
    cvector_mode mode;
    __asm__ volatile("mrs %0, fpcr" : "=r"(mode));
    return mode;
}
CVECTOR void cvector_set_mode(cvector_mode mode) { __asm__ volatile("msr fpcr, %0" ::"r"(mode)); }
CVECTOR cvector_mode cvector_flushing(cvector_mode mode) { return mode | (1ull << 24); }
#else
CVECTOR cvector_mode cvector_get_mode(void) { return 0; }
CVECTOR void cvector_set_mode(cvector_mode mode) { (void)mode; }
CVECTOR cvector_mode cvector_flushing(cvector_mode mode) { return mode; }
#endif

// MARK: - Instructions

/// The extensions that code is compiled for beyond the oldest processor of its kind, a bit each, in the order of ``cvector_processor_has``.
CVECTOR unsigned cvector_built_for(void) {
    unsigned bits = 0;
#if defined(__AVX2__)
    bits |= 1u << 0;
#endif
#if defined(__FMA__)
    bits |= 1u << 1;
#endif
#if defined(__BMI2__)
    bits |= 1u << 2;
#endif
#if defined(__AVX512F__)
    bits |= 1u << 3;
#endif
#if defined(__AVX512BW__)
    bits |= 1u << 4;
#endif
#if defined(__AVX512DQ__)
    bits |= 1u << 5;
#endif
#if defined(__AVX512VL__)
    bits |= 1u << 6;
#endif
#if defined(__AVX512VBMI2__)
    bits |= 1u << 7;
#endif
#if defined(__AVX512VNNI__)
    bits |= 1u << 8;
#endif
#if defined(__AVX512BF16__)
    bits |= 1u << 9;
#endif
#if defined(__AVXVNNI__)
    bits |= 1u << 10;
#endif
    return bits;
}

/// The same extensions as far as the processor at hand has them; all bits where that cannot be asked.
unsigned cvector_processor_has(void);
