// exp, log, sqrt, tanh and their like for Float and Double, so that a chapter worked by hand needs no import.
#if canImport(Glibc)
  @_exported import Glibc
#elseif canImport(Musl)
  @_exported import Musl
#elseif canImport(Darwin)
  @_exported import Darwin
#endif

func power(_ x: Float, _ p: Float) -> Float { p == 2 ? x * x : p == 3 ? x * x * x : powf(x, p) }
func logarithm(_ x: Float) -> Float { logf(x) }
func exponential(_ x: Float) -> Float { expf(x) }
