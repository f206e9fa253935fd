import Tensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

// The functions of one number under names of their own: `exp`, `log`, `sin` of a tensor have the short ones.
@inline(__always) func logarithm(_ x: Double) -> Double { log(x) }
@inline(__always) func naturalExponential(_ x: Double) -> Double { exp(x) }
@inline(__always) func sine(_ x: Double) -> Double { sin(x) }
@inline(__always) func cosine(_ x: Double) -> Double { cos(x) }

/// A seed drawn from the library's random numbers: after `manualSeed` the same one each time.
func seedFromLibrary() -> Int { randomIntegers(below: 1 << 31, count: 1)[0] }

/// The number with a fixed number of decimals.
package func fixed(_ x: Double, _ decimals: Int) -> String {
  if !x.isFinite { return x.isNaN ? "nan" : x < 0 ? "-∞" : "∞" }
  var scale = 1.0
  for _ in 0..<decimals { scale *= 10 }
  let rounded = (abs(x) * scale).rounded()
  guard rounded < 9e15 else { return "\(x)" }
  let digits = String(Int(rounded))
  let sign = x < 0 && rounded > 0 ? "-" : ""
  if decimals == 0 { return sign + digits }
  let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
  return sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
}
