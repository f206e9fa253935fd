#if os(Linux)
  import Glibc
  import Tensors
  import Testing

  @Suite struct ForkTests {
    /// The notebook forks after each cell: the library's threads, BLAS and memory must work in the child too.
    @Test func childrenCompute() async {
      await #expect(processExitsWith: .success) {
        let a = Tensor.normal(400, 400)
        let (product, sum) = (matmul(a, a), exp(a).sum())
        let child = fork()
        if child == 0 {
          let agrees = matmul(a, a) == product && exp(a).sum() == sum
          let grandchild = fork()
          if grandchild == 0 { _exit(agrees && matmul(a, a) == product ? 0 : 1) }
          var status: Int32 = 0
          waitpid(grandchild, &status, 0)
          _exit(status == 0 ? 0 : 1)
        }
        var status: Int32 = 0
        waitpid(child, &status, 0)
        let parentAgrees = matmul(a, a) == product
        exit(status == 0 && parentAgrees ? 0 : 1)
      }
    }
  }
#endif
