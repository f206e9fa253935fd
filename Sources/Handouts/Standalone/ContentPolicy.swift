import Foundation
import Weaving

enum ContentPolicy {
  /// How a policy names a script or a stylesheet that stands in the page.
  static func hash(_ text: String) -> String {
    "'sha256-\(Data(SHA256.digest(Array(text.utf8))).base64EncodedString())'"
  }
}
