import NeuralNetworks
import Tensors
import Testing

@Suite struct TranslationTests {
  @Test func theCorporaAreTheirGrammars() {
    #expect(Corpora.englishFrench.count == 384)
    #expect(
      Corpora.englishFrench.contains(Corpora.Pair("she likes a red apple", "elle aime une pomme rouge")))
    let all = withSeed(1) { Corpora.englishChinese(10_800) }
    #expect(Set(all).count == 10_800)
    #expect(all.contains(Corpora.Pair("i buy two new books today", "我 今天 买 两 本 新 的 书")))
    #expect(all.contains(Corpora.Pair("she sees a dog", "她 看见 一 只 狗")))
    let rows = withSeed(1) { Corpora.reversals(90, lengths: 2...4) }
    #expect(rows.allSatisfy { $0.target == $0.source.reversed() })
    #expect(Dictionary(grouping: rows) { $0.source.count }.mapValues(\.count) == [2: 30, 3: 30, 4: 30])
  }

  @Test func bothPartsOfACorpusKnowAllWords() {
    let (training, test) = withSeed(0) { ParallelCorpus(Corpora.englishFrench).split(0.75) }
    #expect(training.count == 288 && test.count == 96)
    #expect(training.source.words == test.source.words)
    #expect(training.target.words.prefix(4) == ["<pad>", "<bos>", "<eos>", "<unk>"])
    #expect(training.source["never seen"] == training.source[Vocabulary.unknown])
  }

  /// What fills a batch up changes nothing: a sentence alone gets the same logits as beside a longer one.
  @Test(arguments: 0..<4) func paddingDoesNotCount(_ kind: Int) {
    withSeed(3) {
      let corpus = ParallelCorpus(Corpora.reversals(20, lengths: 2...6))
      let model = TranslationTests.model(kind, corpus)
      model.eval()
      let (short, long) = ([5, 6], [7, 8, 9, 10, 11])
      let alone = model.decode(SequenceBatch([[1, 5]]), model.encode(SequenceBatch([short])))
      let beside = model.decode(
        SequenceBatch([[1, 5], [1, 6]]), model.encode(SequenceBatch([short, long])))
      #expect(alone.logits[0].isClose(to: beside.logits[0], relative: 1e-4, absolute: 1e-5))
      #expect((alone.attention == nil) == (kind == 0))
      if let weights = beside.attention {
        #expect(weights.sum(axis: 3).isClose(to: Tensor.ones(weights.sum(axis: 3).shape), relative: 1e-5))
        #expect(weights[0, .all, .all, 2...].max() == Tensor(0))
      }
    }
  }

  private static func model(_ kind: Int, _ corpus: ParallelCorpus) -> any Seq2Seq {
    switch kind {
    case 0: RecurrentSeq2Seq(corpus)
    case 1: RecurrentSeq2Seq(corpus, attention: .additive)
    case 2: RecurrentSeq2Seq(corpus, attention: .dotProduct)
    default: TransformerSeq2Seq(corpus)
    }
  }

  /// One vector holds a short row and no long one; attention looks back, however long the row is.
  @Test func oneContextVectorIsTooLittle() {
    withSeed(0) {
      let (training, test) = ParallelCorpus(Corpora.reversals(2500, lengths: 2...8)).split(0.9)
      func quality(_ attention: Seq2SeqAttention) -> TranslationQuality {
        let model = RecurrentSeq2Seq(training, hiddenSize: 32, attention: attention)
        model.fit(training, epochs: 10)
        return model.evaluate(test)
      }
      let (plain, looking) = (quality(.none), quality(.additive))
      #expect(plain.accuracyByLength[0].accuracy > 0.8 && plain.accuracyByLength[6].accuracy < 0.5)
      #expect(looking.accuracyByLength[6].accuracy > 0.8)
      #expect(looking.accuracy > plain.accuracy + 0.2)
      #expect(looking.chart().output.series[0].x == [2, 3, 4, 5, 6, 7, 8])
    }
  }

  @Test func theTransformerTranslates() {
    withSeed(0) {
      let (training, test) = ParallelCorpus(Corpora.englishChinese(800)).split(0.9)
      let model = TransformerSeq2Seq(training, modelSize: 32, layers: 1, feedForwardSize: 64)
      let history = model.fit(training, epochs: 12, learningRate: 0.005)
      #expect(history.count == 12 && history.last < 0.2)
      let quality = model.evaluate(test)
      #expect(quality.bleu > 0.95)
      #expect(quality.description.hasPrefix("80 sentences: "))
      // One sentence is translated as it is among others, and at least as well with more beginnings kept.
      let sentence = test.pairs[0].source
      let greedy = model.translate(sentence)
      #expect(greedy.target == quality.written[0])
      #expect(model.translate(sentence, beamWidth: 3).score >= greedy.score - 1e-6)
      #expect(greedy.heads?.shape == [4, greedy.target.count, sentence.count])
      #expect(greedy.attentionTable.output.columns.count == sentence.count + 1)
    }
  }

  /// The decoder's own words are the right ones as soon as it has learnt them: then forcing makes no difference.
  @Test func teacherForcing() {
    withSeed(0) {
      let corpus = ParallelCorpus(Corpora.reversals(60, lengths: 2...3, letters: 3))
      let model = RecurrentSeq2Seq(corpus, embeddingSize: 16, hiddenSize: 32)
      let pairs = Array(corpus.pairs.prefix(20))
      #expect(model.loss(pairs).item != model.loss(pairs, teacherForcing: false).item)
      model.fit(corpus, epochs: 60, batchSize: 20, learningRate: 0.01, teacherForcing: 0.5)
      #expect(model.evaluate(corpus).accuracy == 1)
      #expect(abs(model.loss(pairs).item - model.loss(pairs, teacherForcing: false).item) < 1e-4)
    }
  }

  @Test func scoresOfTranslations() {
    let reference = ["the", "cat", "sat", "on", "the", "mat"]
    #expect(abs(bleu(reference, reference) - 1) < 1e-9)
    #expect(bleu([], reference) == 0)
    // Papineni's example: seven times “the” matches twice, since the reference has it twice.
    #expect(abs(bleu([String](repeating: "the", count: 7), reference, maximum: 1) - 2.0 / 7) < 1e-9)
    // Two words of six: the brevity penalty e^(1 − 6/2).
    #expect(abs(bleu(["the", "cat"], reference, maximum: 2) - exp(-2)) < 1e-9)
    // Over a corpus matches are added up before they are divided: 3 of 4 words, 1 of 2 pairs.
    let corpus = bleu([["a", "b"], ["a", "x"]], [["a", "b"], ["a", "c"]], maximum: 2)
    #expect(abs(corpus - (0.75 * 0.5).squareRoot()) < 1e-9)
  }
}
