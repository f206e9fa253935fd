/// BCP 47 language tags, as far as books need them: `en`, `de-CH`, `zh-Hans`, `zh-Hans-CN`.
enum LanguageTag {
  static func isValid(_ tag: String) -> Bool {
    let parts = tag.split(separator: "-", omittingEmptySubsequences: false)
    guard let language = parts.first, (2...3).contains(language.count), language.allSatisfy(\.isASCIILowercase)
    else { return false }
    return parts.dropFirst().allSatisfy { part in
      (2...8).contains(part.count) && part.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
    }
  }
}

extension Character {
  fileprivate var isASCIILowercase: Bool { isASCII && isLowercase }
}
