/// The version of the protocol between the host and its worker.
public let kernelProtocolVersion = 1
