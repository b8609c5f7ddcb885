#pragma once
/// What recurrent cells do at a step beside the products: one pass over the gates of all examples, forward or back, on the calling thread.
///
/// Rows are examples; the gates of an example lie side by side, `units` floats each. Up to 60 bytes behind an array's end are read, and not used.
/// Every element is computed by itself, so bits do not depend on the width of the processor's vectors.

/// What a cell applies to a sum.
typedef enum { ccell_linear, ccell_tanh, ccell_sigmoid, ccell_relu } ccell_function;

/// A step of all examples on the way forward.
typedef struct {
    long batch, units;
    /// Of the candidate and of what is given, and of the gates.
    ccell_function function, gates;
    /// What the inputs add, and h U, `[batch, gates · units]` each.
    const float *z, *product;
    /// What is added to h U, `[gates · units]`, or null.
    const float *bias;
    /// Where an example's number is 0 it hands on h and c, `[batch]`, or null for none.
    const float *mask;
    /// h and c before and after, `[batch, units]`; they may be the same.
    const float *h, *c;
    float *next_h, *next_c;
    /// What the way back needs, `[batch, kept · units]`.
    float *kept;
    /// r h of a GRU that resets before the product, `[batch, units]`.
    float *reset;
} ccell_step;

/// h ← f(z + h U).
void ccell_simple(const ccell_step *step);
/// Gates i f g o, which are kept: c ← f c + i g, h ← o function(c).
void ccell_lstm(const ccell_step *step);
/// Gates u r, and the candidate function(z + r (h U + b)): h ← u h + (1 - u) candidate. Kept are u, r, the candidate, and h U + b of it.
void ccell_gru(const ccell_step *step);
/// Of a GRU that resets before the product: gates u r, which are kept, and r h, from the h that the product was made of.
void ccell_gru_gates(const ccell_step *step, const float *multiplied);
/// The rest of it: the candidate function(z + (r h) U), which is kept, and h. Reads u from what is kept.
void ccell_gru_candidate(const ccell_step *step);

/// A step of all examples on the way back.
typedef struct {
    long batch, units;
    ccell_function function, gates;
    /// As on the way forward.
    const float *mask;
    const float *h, *next_h, *c, *next_c, *kept;
    /// By which a GRU that resets before the product multiplied r h, `[batch, units]`, or null.
    const float *dropout;
    /// The gradient of the h that was read after this step, `[batch, units]`, or null.
    const float *read;
    /// What reaches h from later steps through the product.
    float *returned;
    /// What reaches h otherwise, and c: of the step that follows, and then of this one.
    float *passed, *state;
    /// The gradient of z, `[batch, gates · units]`, and that of h U + b where it is another.
    float *to_z, *recurrent;
    /// The gradient of r h, of a GRU that resets before the product.
    const float *reset;
} ccell_back;

void ccell_simple_back(const ccell_back *back);
void ccell_lstm_back(const ccell_back *back);
void ccell_gru_back(const ccell_back *back);
/// Of a GRU that resets before the product: the gradients of u and of the candidate.
void ccell_gru_candidate_back(const ccell_back *back);
/// Then, with the gradient of r h, that of r. Where a step handed on, that is 0.
void ccell_gru_gates_back(const ccell_back *back);
/// Last, what reaches h through r h joins what reached it through the gates.
void ccell_gru_reset_back(const ccell_back *back);
