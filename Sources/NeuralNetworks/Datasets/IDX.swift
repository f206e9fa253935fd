import Tensors

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Why a file of data cannot be used.
public struct DataFileError: Error, CustomStringConvertible {
  /// What is wrong with the file, and where.
  public let description: String
}

extension Datasets {
  /// MNIST from a folder with the four files as they are handed out, packed with gzip or not:
  /// `train-images-idx3-ubyte`, `train-labels-idx1-ubyte`, `t10k-…`. Pictures are [count, 1, 28, 28], values
  /// from 0 to 1.
  public static func mnist(in folder: String) throws -> (training: Dataset, test: Dataset) {
    func part(_ prefix: String) throws -> Dataset {
      let images = try idx(first(folder, "\(prefix)-images-idx3-ubyte"))
      let labels = try idx(first(folder, "\(prefix)-labels-idx1-ubyte"))
      guard images.rank == 3, labels.rank == 1, images.shape[0] == labels.count else {
        throw DataFileError(
          description:
            "\(folder): \(prefix) has images \(images.shape) and labels \(labels.shape), which do not fit")
      }
      return Dataset(
        images.unsqueeze(axis: 1).scaled(by: 1 / 255), labels.integers, classNames: (0..<10).map(String.init))
    }
    return (try part("train"), try part("t10k"))
  }

  /// The file under one of the names it is handed out under.
  private static func first(_ folder: String, _ name: String) throws -> String {
    let names = [name, name + ".gz"].flatMap { [$0, $0.replacing("-idx", with: ".idx")] }
    guard
      let found = names.map({ folder + "/" + $0 }).first(where: { FileManager.default.fileExists(atPath: $0) }
      )
    else { throw DataFileError(description: "\(folder): there is no file \(name) or \(name).gz") }
    return found
  }

  /// A file in the IDX format of MNIST, packed with gzip or not: numbers of 8 to 64 bits of any shape.
  public static func idx(_ path: String) throws -> Tensor {
    var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    func broken(_ why: String) -> DataFileError {
      DataFileError(description: "\(path): not an IDX file: \(why)")
    }
    if bytes.starts(with: [0x1f, 0x8b]) {
      guard let unpacked = gunzip(bytes) else {
        throw DataFileError(description: "\(path): a damaged gzip file")
      }
      bytes = unpacked
    }
    guard bytes.count >= 4, bytes[0] == 0, bytes[1] == 0 else { throw broken("it begins otherwise") }
    let widths: [UInt8: Int] = [8: 1, 9: 1, 11: 2, 12: 4, 13: 4, 14: 8]
    guard let width = widths[bytes[2]] else { throw broken("the type \(bytes[2]) is unknown") }
    let rank = Int(bytes[3])
    guard bytes.count >= 4 + 4 * rank else { throw broken("it ends within the header") }
    func number(_ at: Int, _ width: Int) -> UInt64 {
      (0..<width).reduce(0) { $0 << 8 | UInt64(bytes[at + $1]) }
    }
    let shape = (0..<rank).map { Int(number(4 + 4 * $0, 4)) }
    let start = 4 + 4 * rank
    var count = 1
    for size in shape {
      let (product, overflows) = count.multipliedReportingOverflow(by: size)
      if overflows { throw broken("a shape of \(shape) is too large") }
      count = product
    }
    guard count <= (bytes.count - start) / width, bytes.count == start + count * width else {
      throw broken("a shape of \(shape) does not fit \(bytes.count - start) bytes of numbers")
    }
    let type = bytes[2]
    return Tensor(shape: shape) { y in
      for i in 0..<count {
        let bits = number(start + i * width, width)
        y[i] =
          switch type {
          case 8: Float(bits)
          case 9: Float(Int8(truncatingIfNeeded: bits))
          case 11: Float(Int16(truncatingIfNeeded: bits))
          case 12: Float(Int32(truncatingIfNeeded: bits))
          case 13: Float(bitPattern: UInt32(bits))
          default: Float(Double(bitPattern: bits))
          }
      }
    }
  }
}
