import CellOutputs

extension OutputRenderer {
  func html(of output: ChartOutput, id: String, alt: String?) -> HTML { HTML("chart") }
  func html(of output: FeatureMapOutput, id: String, alt: String?) -> HTML { HTML("map") }
  func html(of output: GraphOutput, id: String, alt: String?) -> HTML { HTML("graph") }
}
