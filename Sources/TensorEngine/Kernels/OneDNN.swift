import COneDNN
import CVector

// All calls of oneDNN stand in this file: its interface changes with version 3.

/// Runs `body` with the calling thread set up for kernels: one thread for every product, so that the same seed gives the same bits,
/// and no denormal numbers. The thread's floating-point mode is put back afterwards.
@inline(__always)
func withThreadForKernels(_ body: () -> Void) {
    omp_set_num_threads(1)
    let mode = cvector_get_mode()
    cvector_set_mode(cvector_flushing(mode))
    body()
    cvector_set_mode(mode)
}

/// Holds the library to what this build decides, whatever the environment asks of it: it writes nothing to standard output (`ONEDNN_VERBOSE`), uses the
/// instructions that the kernels beside it use (`ONEDNN_MAX_CPU_ISA`, `ONEDNN_CPU_ISA_HINTS`), and computes in 32 bits
/// (`ONEDNN_DEFAULT_FPMATH_MODE`); the same holds for the names with `DNNL_` before them. Neither set can be changed any more after the library's first
/// call. What `OMP_NUM_THREADS` asks for is overruled by ``withThreadForKernels(_:)``. Other variables of oneDNN and OpenMP decide no results.
func setUpLibrary() {
    dnnl_set_verbose(0)
    dnnl_set_default_fpmath_mode(dnnl_fpmath_mode_strict)
    dnnl_set_cpu_isa_hints(dnnl_cpu_isa_no_hints)
    switch InstructionSet.built {
    case .avx512: dnnl_set_max_cpu_isa(dnnl_cpu_isa_all)
    case .avx2: dnnl_set_max_cpu_isa(dnnl_cpu_isa_avx2)
    case .baseline: dnnl_set_max_cpu_isa(dnnl_cpu_isa_sse41)
    }
}

/// C = op(A) op(B) + beta C, row-major, where op transposes on request: `[m, k]` by `[k, n]`.
///
/// The leading dimensions are the distances between rows as they lie in memory.
@inline(__always)
func matrixProduct(
    _ a: UnsafePointer<Float>, leading lda: Int, transposed transposeA: Bool,
    _ b: UnsafePointer<Float>, leading ldb: Int, transposed transposeB: Bool,
    _ c: UnsafeMutablePointer<Float>, leading ldc: Int, m: Int, n: Int, k: Int, beta: Float = 0
) {
    let (plain, transposed) = (CChar(UInt8(ascii: "N")), CChar(UInt8(ascii: "T")))
    dnnl_sgemm(
        transposeA ? transposed : plain, transposeB ? transposed : plain, dnnl_dim_t(m), dnnl_dim_t(n), dnnl_dim_t(k), 1,
        a, dnnl_dim_t(lda), b, dnnl_dim_t(ldb), beta, c, dnnl_dim_t(ldc))
}
