#include "CCell.h"

#include <string.h>

#if defined(__AVX512F__)
#include <immintrin.h>
#define LANES 16
#else
#define LANES 8
#endif

#pragma STDC FP_CONTRACT OFF

typedef float vector __attribute__((ext_vector_type(LANES)));
typedef int whole_vector __attribute__((ext_vector_type(LANES)));
typedef float unaligned_vector __attribute__((ext_vector_type(LANES), aligned(4)));

#define INLINE static inline __attribute__((always_inline))

INLINE vector load(const float *address) { return *(const unaligned_vector *)address; }

/// Writes the first `count` lanes.
INLINE void store(float *address, vector value, long count) {
    if (count >= LANES) {
        *(unaligned_vector *)address = value;
        return;
    }
#if defined(__AVX512F__)
    _mm512_mask_storeu_ps(address, (__mmask16)((1u << count) - 1), (__m512)value);
#else
    for (long lane = 0; lane < count; lane++) address[lane] = value[lane];
#endif
}

/// a b + c, rounded once.
INLINE vector fma_of(vector a, vector b, vector c) { return __builtin_elementwise_fma(a, b, c); }

// MARK: - Functions

/// e to the power of each lane, within 2 units in the last place; arguments are held within ±87.3. Not a number stays so.
///
/// x = n ln 2 + r with |r| <= ln 2 / 2, and a polynomial in r. Source: Moshier, *Methods and Programs for Mathematical Functions*.
INLINE vector exponential(vector argument) {
    vector x = argument > 87.3f ? (vector)87.3f : argument;
    x = x < -87.3f ? (vector)-87.3f : x;
    const vector shift = (vector)12582912.0f, shifted = fma_of(x, (vector)1.44269504f, shift), n = shifted - shift;
    vector r = fma_of(n, (vector)-0.693359375f, x);
    r = fma_of(n, (vector)2.1219444e-4f, r);
    vector p = fma_of((vector)1.98756915e-4f, r, (vector)1.39819995e-3f);
    p = fma_of(p, r, (vector)8.3334519e-3f);
    p = fma_of(p, r, (vector)4.1665796e-2f);
    p = fma_of(p, r, (vector)1.66666655e-1f);
    p = fma_of(p, r, (vector)0.5f);
    p = fma_of(p * r, r, r) + 1.0f;
    return (vector)((whole_vector)p + (((whole_vector)shifted - (whole_vector)shift) << 23));
}

/// A polynomial near 0, 1 - 2 / (e^2|x| + 1) beyond. Source: Moshier, as above.
INLINE vector hyperbolic_tangent(vector x) {
    const vector magnitude = __builtin_elementwise_abs(x), z = x * x;
    vector p = fma_of((vector)-5.70498872745e-3f, z, (vector)2.06390887954e-2f);
    p = fma_of(p, z, (vector)-5.37397155531e-2f);
    p = fma_of(p, z, (vector)1.33314422036e-1f);
    p = fma_of(p, z, (vector)-3.33332819422e-1f);
    const vector near = fma_of(p * z, x, x);
    const vector far = 1.0f - 2.0f / (exponential(magnitude + magnitude) + 1.0f);
    return magnitude > 0.625f ? (x < 0.0f ? -far : far) : near;
}

INLINE vector apply(ccell_function function, vector x) {
    switch (function) {
    case ccell_linear: return x;
    case ccell_tanh: return hyperbolic_tangent(x);
    case ccell_sigmoid: return 1.0f / (1.0f + exponential(-x));
    case ccell_relu: return x < 0.0f ? (vector)0.0f : x;
    }
}

/// The derivative, from the function's result.
INLINE vector slope(ccell_function function, vector y) {
    switch (function) {
    case ccell_linear: return (vector)1.0f;
    case ccell_tanh: return fma_of(-y, y, (vector)1.0f);
    case ccell_sigmoid: return fma_of(-y, y, y);
    case ccell_relu: return y > 0.0f ? (vector)1.0f : (vector)0.0f;
    }
}

/// Defines a pass with the usual functions written in, and one for all others.
#define DEFINE_PASS(NAME, ARGUMENTS)                                                                 \
    void NAME(const ARGUMENTS *a) {                                                                  \
        if (a->function == ccell_tanh && a->gates == ccell_sigmoid)                                  \
            NAME##_with(a, ccell_tanh, ccell_sigmoid);                                               \
        else                                                                                         \
            NAME##_with(a, a->function, a->gates);                                                   \
    }

#define FOR_EACH_STRIP(UNITS) for (long j = 0, left; left = (UNITS)-j, j < (UNITS); j += LANES)

// MARK: - Forward

/// Whether an example hands on h and c, which this does then. What is kept of its `width` gates is 0: the way back multiplies it by gradients of 0.
INLINE int hands_on(const ccell_step *a, long row, long width) {
    if (!a->mask || a->mask[row] != 0) return 0;
    const long at = row * a->units, bytes = a->units * sizeof(float);
    if (a->next_h != a->h) memcpy(a->next_h + at, a->h + at, bytes);
    if (a->c && a->next_c != a->c) memcpy(a->next_c + at, a->c + at, bytes);
    memset(a->kept + row * width, 0, width * sizeof(float));
    return 1;
}

INLINE void ccell_simple_with(const ccell_step *a, ccell_function function, ccell_function gates) {
    for (long row = 0; row < a->batch; row++) {
        if (hands_on(a, row, 0)) continue;
        const long at = row * a->units;
        FOR_EACH_STRIP(a->units) store(a->next_h + at + j, apply(function, load(a->z + at + j) + load(a->product + at + j)), left);
    }
}
DEFINE_PASS(ccell_simple, ccell_step)

INLINE void ccell_lstm_with(const ccell_step *a, ccell_function function, ccell_function gates) {
    const long units = a->units;
    for (long row = 0; row < a->batch; row++) {
        if (hands_on(a, row, 4 * a->units)) continue;
        const float *z = a->z + 4 * row * units, *p = a->product + 4 * row * units;
        float *kept = a->kept + 4 * row * units;
        const long at = row * units;
        FOR_EACH_STRIP(units) {
            const vector i = apply(gates, load(z + j) + load(p + j));
            const vector f = apply(gates, load(z + units + j) + load(p + units + j));
            const vector g = apply(function, load(z + 2 * units + j) + load(p + 2 * units + j));
            const vector o = apply(gates, load(z + 3 * units + j) + load(p + 3 * units + j));
            const vector c = fma_of(f, load(a->c + at + j), i * g);
            store(a->next_c + at + j, c, left);
            store(a->next_h + at + j, o * apply(function, c), left);
            store(kept + j, i, left);
            store(kept + units + j, f, left);
            store(kept + 2 * units + j, g, left);
            store(kept + 3 * units + j, o, left);
        }
    }
}
DEFINE_PASS(ccell_lstm, ccell_step)

INLINE void ccell_gru_with(const ccell_step *a, ccell_function function, ccell_function gates) {
    const long units = a->units;
    for (long row = 0; row < a->batch; row++) {
        if (hands_on(a, row, 4 * a->units)) continue;
        const float *z = a->z + 3 * row * units, *p = a->product + 3 * row * units;
        float *kept = a->kept + 4 * row * units;
        const long at = row * units;
        FOR_EACH_STRIP(units) {
            vector u = load(p + j), r = load(p + units + j), inner = load(p + 2 * units + j);
            if (a->bias) {
                u += load(a->bias + j);
                r += load(a->bias + units + j);
                inner += load(a->bias + 2 * units + j);
            }
            u = apply(gates, load(z + j) + u);
            r = apply(gates, load(z + units + j) + r);
            const vector candidate = apply(function, fma_of(r, inner, load(z + 2 * units + j)));
            store(a->next_h + at + j, fma_of(u, load(a->h + at + j) - candidate, candidate), left);
            store(kept + j, u, left);
            store(kept + units + j, r, left);
            store(kept + 2 * units + j, candidate, left);
            store(kept + 3 * units + j, inner, left);
        }
    }
}
DEFINE_PASS(ccell_gru, ccell_step)

void ccell_gru_gates(const ccell_step *a, const float *multiplied) {
    const long units = a->units;
    for (long row = 0; row < a->batch; row++) {
        const float *z = a->z + 3 * row * units, *p = a->product + 3 * row * units;
        float *kept = a->kept + 3 * row * units;
        const long at = row * units;
        FOR_EACH_STRIP(units) {
            const vector r = apply(a->gates, load(z + units + j) + load(p + units + j));
            store(kept + j, apply(a->gates, load(z + j) + load(p + j)), left);
            store(kept + units + j, r, left);
            store(a->reset + at + j, r * load(multiplied + at + j), left);
        }
    }
}

void ccell_gru_candidate(const ccell_step *a) {
    const long units = a->units;
    for (long row = 0; row < a->batch; row++) {
        if (hands_on(a, row, 3 * a->units)) continue;
        const float *z = a->z + (3 * row + 2) * units, *p = a->product + (3 * row + 2) * units;
        float *kept = a->kept + 3 * row * units;
        const long at = row * units;
        FOR_EACH_STRIP(units) {
            const vector candidate = apply(a->function, load(z + j) + load(p + j));
            store(a->next_h + at + j, fma_of(load(kept + j), load(a->h + at + j) - candidate, candidate), left);
            store(kept + 2 * units + j, candidate, left);
        }
    }
}

// MARK: - Back

/// The gradient of h after the step.
INLINE vector gradient_of_h(const ccell_back *a, long at) {
    const vector sum = load(a->returned + at) + load(a->passed + at);
    return a->read ? sum + load(a->read + at) : sum;
}

/// Whether an example handed on h and c, whose gradients this hands back then; its sums have none.
INLINE int hands_back(const ccell_back *a, long row, long width) {
    if (!a->mask || a->mask[row] != 0) return 0;
    const long at = row * a->units;
    FOR_EACH_STRIP(a->units) store(a->passed + at + j, gradient_of_h(a, at + j), left);
    memset(a->to_z + row * width, 0, width * sizeof(float));
    if (a->recurrent) memset(a->recurrent + row * width, 0, width * sizeof(float));
    return 1;
}

INLINE void ccell_simple_back_with(const ccell_back *a, ccell_function function, ccell_function gates) {
    for (long row = 0; row < a->batch; row++) {
        if (hands_back(a, row, a->units)) continue;
        const long at = row * a->units;
        FOR_EACH_STRIP(a->units) {
            store(a->to_z + at + j, gradient_of_h(a, at + j) * slope(function, load(a->next_h + at + j)), left);
            store(a->passed + at + j, (vector)0.0f, left);
        }
    }
}
DEFINE_PASS(ccell_simple_back, ccell_back)

INLINE void ccell_lstm_back_with(const ccell_back *a, ccell_function function, ccell_function gates) {
    const long units = a->units;
    for (long row = 0; row < a->batch; row++) {
        if (hands_back(a, row, 4 * units)) continue;
        const float *kept = a->kept + 4 * row * units;
        float *to_z = a->to_z + 4 * row * units;
        const long at = row * units;
        FOR_EACH_STRIP(units) {
            const vector back = gradient_of_h(a, at + j);
            const vector i = load(kept + j), f = load(kept + units + j), g = load(kept + 2 * units + j), o = load(kept + 3 * units + j);
            const vector y = apply(function, load(a->next_c + at + j));
            const vector to_state = fma_of(back * o, slope(function, y), load(a->state + at + j));
            store(to_z + j, to_state * g * slope(gates, i), left);
            store(to_z + units + j, to_state * load(a->c + at + j) * slope(gates, f), left);
            store(to_z + 2 * units + j, to_state * i * slope(function, g), left);
            store(to_z + 3 * units + j, back * y * slope(gates, o), left);
            store(a->state + at + j, to_state * f, left);
            store(a->passed + at + j, (vector)0.0f, left);
        }
    }
}
DEFINE_PASS(ccell_lstm_back, ccell_back)

INLINE void ccell_gru_back_with(const ccell_back *a, ccell_function function, ccell_function gates) {
    const long units = a->units;
    for (long row = 0; row < a->batch; row++) {
        if (hands_back(a, row, 3 * units)) continue;
        const float *kept = a->kept + 4 * row * units;
        float *to_z = a->to_z + 3 * row * units, *recurrent = a->recurrent + 3 * row * units;
        const long at = row * units;
        FOR_EACH_STRIP(units) {
            const vector back = gradient_of_h(a, at + j);
            const vector u = load(kept + j), r = load(kept + units + j);
            const vector candidate = load(kept + 2 * units + j), inner = load(kept + 3 * units + j);
            const vector to_u = back * (load(a->h + at + j) - candidate) * slope(gates, u);
            const vector to_candidate = back * (1.0f - u) * slope(function, candidate);
            const vector to_r = to_candidate * inner * slope(gates, r);
            store(to_z + j, to_u, left);
            store(to_z + units + j, to_r, left);
            store(to_z + 2 * units + j, to_candidate, left);
            store(recurrent + j, to_u, left);
            store(recurrent + units + j, to_r, left);
            store(recurrent + 2 * units + j, to_candidate * r, left);
            store(a->passed + at + j, back * u, left);
        }
    }
}
DEFINE_PASS(ccell_gru_back, ccell_back)

void ccell_gru_candidate_back(const ccell_back *a) {
    const long units = a->units;
    for (long row = 0; row < a->batch; row++) {
        if (hands_back(a, row, 3 * units)) continue;
        const float *kept = a->kept + 3 * row * units;
        float *to_z = a->to_z + 3 * row * units;
        const long at = row * units;
        FOR_EACH_STRIP(units) {
            const vector back = gradient_of_h(a, at + j), u = load(kept + j), candidate = load(kept + 2 * units + j);
            store(to_z + j, back * (load(a->h + at + j) - candidate) * slope(a->gates, u), left);
            store(to_z + 2 * units + j, back * (1.0f - u) * slope(a->function, candidate), left);
            store(a->passed + at + j, back * u, left);
        }
    }
}

void ccell_gru_gates_back(const ccell_back *a) {
    const long units = a->units;
    for (long row = 0; row < a->batch; row++) {
        const long at = row * units;
        FOR_EACH_STRIP(units) {
            const vector r = load(a->kept + (3 * row + 1) * units + j);
            vector h = load(a->h + at + j);
            if (a->dropout) h *= load(a->dropout + at + j);
            store(a->to_z + (3 * row + 1) * units + j, load(a->reset + at + j) * h * slope(a->gates, r), left);
        }
    }
}

void ccell_gru_reset_back(const ccell_back *a) {
    const long units = a->units;
    for (long row = 0; row < a->batch; row++) {
        const long at = row * units;
        FOR_EACH_STRIP(units) {
            vector r = load(a->kept + (3 * row + 1) * units + j);
            if (a->dropout) r *= load(a->dropout + at + j);
            store(a->returned + at + j, fma_of(load(a->reset + at + j), r, load(a->returned + at + j)), left);
        }
    }
}
