import Foundation
import NIOCore
import NIOEmbedded
import Testing

@testable import RegistryServer

@Suite("Nobody takes all connections")
struct ConnectionShareTests {
    @Test("Connections are fitted to the descriptors, and nobody may have more than half of them")
    func fitted() throws {
        let limits = try ServerLimits().fitted(toDescriptors: 200, processors: 2)
        #expect(limits.connections + limits.descriptorsBesideConnections(processors: 2) == 200)
        #expect(limits.connectionsPerUser <= limits.connections / 2)
        #expect(limits.connectionsKept > 0)
        #expect(try ServerLimits().fitted(toDescriptors: 65_536, processors: 2) == ServerLimits())
        #expect(try ServerLimits().fitted(toDescriptors: nil, processors: 2) == ServerLimits())
        #expect(throws: StartupFailure.self) { try ServerLimits().fitted(toDescriptors: 100, processors: 2) }
    }

    @Test("When others have taken all they may, root still gets in")
    func kept() {
        var limits = ServerLimits()
        limits.connections = 160
        limits.connectionsPerUser = 100
        let census = ConnectionCensus(limits: limits, exempt: [0], metrics: ServerMetrics())
        let ofOne = (0..<200).map { _ in census.enter(1) }
        let ofAnother = (0..<200).map { _ in census.enter(2) }
        #expect(ofOne.count(where: isAdmitted) == 100)
        #expect(ofAnother.count(where: isAdmitted) == 50)
        #expect((ofOne + ofAnother).count(where: isTold) == ServerLimits.refusedAtOnce)
        #expect((0..<20).map { _ in census.enter(0) }.count(where: isAdmitted) == 10)
        census.leave(1, .admitted)
        #expect(isAdmitted(census.enter(2)))
    }

    @Test("A socket that cannot accept is not asked again at once, and is asked again later")
    func acceptPause() throws {
        let channel = EmbeddedChannel()
        func isReading() -> Bool? {
            channel.options.last { $0.option is ChannelOptions.Types.AutoReadOption }?.value as? Bool
        }
        try channel.pipeline.syncOperations.addHandler(AcceptPause())
        channel.pipeline.fireErrorCaught(IOError(errnoCode: EMFILE, reason: "accept"))
        #expect(isReading() == false)
        channel.embeddedEventLoop.advanceTime(by: AcceptPause.length)
        #expect(isReading() == true)
        try channel.throwIfErrorCaught()
        channel.pipeline.fireErrorCaught(IOError(errnoCode: EBADF, reason: "accept"))
        #expect(throws: IOError.self) { try channel.throwIfErrorCaught() }
    }

    private func isAdmitted(_ admission: ConnectionCensus.Admission) -> Bool {
        if case .admitted = admission { true } else { false }
    }

    private func isTold(_ admission: ConnectionCensus.Admission) -> Bool {
        if case .refused = admission { true } else { false }
    }
}
