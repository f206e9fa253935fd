public import CellOutputs

/// Figures beside each other, as far as the page is wide: a picture, a filter, and what it makes of it.
///
///     sideBySide {
///       featureMap(image)
///       featureMap(relu(conv2d(image, filter)))
///     }
public func sideBySide(@FigureBuilder _ figures: () throws -> [CellOutput]) rethrows -> CellOutput {
  .group(GroupOutput(try figures(), arrangement: .row))
}

/// Figures one under the other, as one.
public func stacked(@FigureBuilder _ figures: () throws -> [CellOutput]) rethrows -> CellOutput {
  .group(GroupOutput(try figures()))
}
