import CHarfBuzz
import Foundation

/// Cuts fonts down to the characters that a page has, by HarfBuzz. This is the only file that knows it.
enum FontSubset {
  /// A TrueType font with the glyphs of these characters alone, and without instructions for coarse screens; `nil` where
  /// the file is no font.
  static func of(_ font: Data, characters: Set<Unicode.Scalar>) -> Data? {
    font.withUnsafeBytes { bytes in
      let blob = hb_blob_create(
        bytes.baseAddress?.assumingMemoryBound(to: CChar.self), UInt32(bytes.count), HB_MEMORY_MODE_READONLY,
        nil, nil)
      defer { hb_blob_destroy(blob) }
      let face = hb_face_create(blob, 0)
      defer { hb_face_destroy(face) }
      guard hb_face_get_glyph_count(face) > 0, let input = hb_subset_input_create_or_fail() else {
        return nil
      }
      defer { hb_subset_input_destroy(input) }
      hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_NO_HINTING.rawValue)
      let wanted = hb_subset_input_unicode_set(input)
      for character in characters { hb_set_add(wanted, character.value) }
      guard let subset = hb_subset_or_fail(face, input) else { return nil }
      defer { hb_face_destroy(subset) }
      let result = hb_face_reference_blob(subset)
      defer { hb_blob_destroy(result) }
      var length: UInt32 = 0
      guard let data = hb_blob_get_data(result, &length), length > 0 else { return nil }
      return Data(bytes: data, count: Int(length))
    }
  }
}
