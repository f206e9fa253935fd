/// What the guide teaches: for each topic the chapter, and the cells that show it with the numbers that they must hold.
///
/// A number counts where a cell names it: such cells stop the book if it does not come out.
struct Topic: Sendable, CustomStringConvertible {
  var name: String
  var chapter: String
  /// By label of a cell: what its code must contain.
  var cells: KeyValuePairs<String, [String]>

  init(_ name: String, _ chapter: String, _ cells: KeyValuePairs<String, [String]>) {
    self.name = name
    self.chapter = chapter
    self.cells = cells
  }

  var description: String { "\(chapter): \(name)" }
}

let syllabus: [Topic] = [
  // Part I: neural networks
  Topic(
    "features by hand and learnt", "01-features",
    [
      "softmax-gradient": ["0.407606", "0.09003", "0.24473", "-0.33476"], "spiral-linear": ["spiral"],
      "spiral-learnt": ["networkAccuracy > 0.94"],
    ]),
  Topic("AdaBoost", "01-features", ["adaboost-by-hand": ["AdaBoost.alpha(error: 0.25)", "0.5493"]]),
  Topic(
    "neurons, layers, activations", "02-neurons",
    ["logic": [], "xor": [], "activations": ["softplus"], "at-minus-one": ["-0.01", "0.3132617"]]),
  Topic(
    "universal approximation, depth and width", "02-neurons",
    ["absolute": ["network(xs) == abs(xs)"], "tents-error": ["h * h / 8"], "square": ["pow(4"]]),
  Topic("loss functions", "03-losses", ["cross-entropy": ["0.407606"], "regression-by-hand": ["10 / 3.0"]]),
  Topic(
    "forward propagation", "04-forward-and-backward",
    ["network": ["networkDiagram"], "forward-by-hand": ["0.298371109"]]),
  Topic(
    "backpropagation as dynamic programming", "04-forward-and-backward",
    [
      "step": ["0.149780716", "0.358916480"], "after-step": ["0.291027774"], "counting": ["backpropagation"],
      "check": ["checkGradient"], "gradients": ["networkDiagram"],
    ]),
  Topic(
    "SimpleNN", "04-forward-and-backward",
    ["simple-nn": ["SimpleNN"], "same-as-pytorch": ["0.4939", "0.4445", "0.4035", "0.2350"]]),
  Topic(
    "gradient descent and its successors", "05-training",
    [
      "batches": [], "check-by-hand": ["0.64", "0.8004122", "0.7015863", "0.8331035"],
      "valley-paths": ["frames", "surfaceChart"], "schedules": ["CosineSchedule"], "decay": [],
      "spiral-epochs": ["frames", "decisionBoundary"],
    ]),
  Topic("why convolutions", "06-convolution", ["savings": ["== 320"]]),
  Topic(
    "convolution by hand", "06-convolution",
    [
      "conv2d": ["[[19, 25], [37, 43]]"], "windows": ["convolutionFrames"],
      "stride": ["[[0, 8], [21, 43]]"], "strided-windows": ["convolutionFrames"],
      "channels": ["[[56, 72], [104, 120]]"], "im2col": ["unfold"], "receptive-field": [],
    ]),
  Topic(
    "dot and multiply", "06-convolution",
    ["products": ["32", "[4, 10, 18]", "[[19, 22], [43, 50]]", "[[5, 12], [21, 32]]"]]),
  Topic("what filters do", "06-convolution", ["picture": [], "filters": ["blur"], "ascii": []]),
  Topic(
    "batch normalization", "07-convolutional-networks",
    ["batchnorm": ["1.22474"], "running": ["[0.3, 0.4]", "[1.3, 1.3]"]]),
  Topic(
    "pooling", "07-convolutional-networks", ["pooling": ["[[5, 7], [13, 15]]"], "shift": ["MaxPool2d"]]),
  Topic("residual learning", "07-convolutional-networks", ["residual": ["== relu(picture)"]]),
  Topic(
    "SimpleCNN", "07-convolutional-networks",
    [
      "model": ["421_642"], "accuracy": ["finalAccuracy > 0.97"], "confusion": ["ConfusionMatrix"],
      "layer-1": ["features1"], "layer-2": ["features2"],
    ]),

  // Part II: sequences
  Topic(
    "likelihood, n-grams, perplexity", "08-sequences",
    ["uniform": ["1 / 28.0", "uniform - 28"], "ngrams": ["Counts"]]),
  Topic(
    "recurrent networks that write", "08-sequences",
    ["unrolled": ["Scene"], "rnn-by-hand": ["0.7616"], "writing": [".greedy", ".temperature"]]),
  Topic(
    "vanishing and exploding gradients", "08-sequences",
    ["powers": ["2.656e-5", "13_780.6"], "clipping": ["[0.6, 0.8]"], "gradient-by-step": ["LSTM"]]),
  Topic(
    "attention as pooling", "09-attention",
    ["pooling-by-hand": ["1.5481372", "1.2130139"], "pooling": ["learnable"], "query": ["frames"]]),
  Topic(
    "additive and dot-product attention, masks", "09-attention",
    [
      "dot-by-hand": ["1.6604769"], "lengths": ["[[2, 3, 4, 5]]", "[[10, 11, 12, 13]]"],
      "causal": ["isCausal"], "reverse": ["attentionMap"], "reverse-weights": ["film"],
    ]),
  Topic(
    "encoder and decoder", "10-transformer",
    ["train": ["RecurrentSeq2Seq"], "by-length": ["attention: .additive"]]),
  Topic(
    "self-attention in six steps", "10-transformer",
    ["by-hand": ["112, 96", "0.8808, 0.1192"], "six-steps": []]),
  Topic(
    "positional encoding", "10-transformer",
    ["positions": ["0.841471", "0.540302", "0.0099998", "0.99995"], "rotation": ["rotated"]]),
  Topic(
    "Transformer and translation", "10-transformer",
    [
      "quality": ["accuracy).max()! > 0.9"], "alignment": ["attentionMap"],
      "heads-by-word": ["frames"], "beam": ["beamWidth"], "bleu": ["bleu("], "layers": ["Scene"],
    ]),

  // Part III: reinforcement learning
  Topic(
    "how ChatGPT is trained", "11-chatgpt",
    [
      "preferences": ["0.693147"], "clipping": ["1.2", "1.5"],
      "three-stages-check": ["fineTuned.preferred < 0.3", "penalized.preferred > 0.9"],
    ]),
  Topic(
    "agent and environment", "12-markov",
    ["cartpole-check": ["0.011707", "0.195204", "-0.017561", "-0.294533"]]),
  Topic("Markov processes", "12-markov", ["student": ["graph"], "stationary": ["5 / 6.0"]]),
  Topic(
    "Markov reward processes", "12-markov",
    [
      "returns": ["2.62, 1.8, 2"], "student-values": ["-5.013", "0.943", "4.087", "1.908", "-7.638"],
      "singular": [],
    ]),
  Topic(
    "Markov decision processes", "12-markov",
    ["uniform-values": ["-2.308, -1.308, 2.692, 7.385"], "best-values": ["[6, 6, 8, 10, 0]"]]),
  Topic(
    "dynamic programming", "13-dynamic-programming",
    [
      "fibonacci": ["21_891"], "grid-values": ["[-14, -20, -22]", "frames"], "lake": ["0.542026"],
      "lake-film": ["frames"],
    ]),
  Topic("Monte Carlo", "13-dynamic-programming", ["blackjack": ["0.277"]]),
  Topic(
    "temporal differences", "13-dynamic-programming",
    ["random-walk": ["/ 6"], "random-walk-check": ["truth"], "cliff-returns": ["-13", "-17"]]),
  Topic(
    "policy gradients", "14-policy-gradients",
    [
      "by-hand": ["[[1, -1]]"], "ppo": ["1.2", "1.5"], "solved": [">= 475"], "gae": [], "variance": [],
      "film": ["film("],
    ]),
]
