import Testing

@testable import Registry

private func standing(
    on day: String = "2026-03-02",
    actionPack: Bool = false,
    gold: Bool = false,
    toolkit: Bool = false,
    cloud: Bool = true,
    room: Bool = true
) -> WayToMore.Standing {
    WayToMore.Standing(
        day: CalendarDate(day) ?? CalendarDate(daysSinceEpoch: 0),
        hasSubscription: actionPack,
        hasLargestMaxima: gold,
        hasLocationForToolkit: toolkit,
        isCloudSeat: cloud,
        maximaLeaveRoom: room
    )
}

@Suite("Ways to more")
struct WayToMoreTests {
    @Test("R40: with room under the maxima, a subscription and a competency are named, and what is bought")
    func room() {
        #expect(
            WayToMore.applying(to: standing())
                == [.anotherSubscription, .anotherCompetency, .discountedSeats, .volumeLicensing]
        )
    }

    @Test("R40: the sales requirements are named to the holder of an Action Pack, for cloud seats")
    func sales() {
        #expect(WayToMore.applying(to: standing(actionPack: true)).contains(.salesRequirements))
        #expect(!WayToMore.applying(to: standing(actionPack: true, cloud: false)).contains(.salesRequirements))
        #expect(!WayToMore.applying(to: standing(cloud: false)).contains(.discountedSeats))
    }

    @Test("R40: a toolkit is named while it was sold, to an organisation with a location for it")
    func toolkit() {
        func isNamed(_ day: String, _ location: Bool) -> Bool {
            WayToMore.applying(to: standing(on: day, toolkit: location)).contains(.additionalBenefitToolkit)
        }
        #expect(!isNamed("2017-10-31", true))
        #expect(isNamed("2017-11-01", true))
        #expect(isNamed("2018-10-31", true))
        #expect(!isNamed("2018-11-01", true))
        #expect(!isNamed("2018-10-31", false))
    }

    @Test("R40: at a maximum, only larger maxima and bought licences help")
    func atMaximum() {
        #expect(
            WayToMore.applying(to: standing(actionPack: true, room: false))
                == [.largestMaxima, .discountedSeats, .volumeLicensing]
        )
        #expect(WayToMore.applying(to: standing(gold: true, cloud: false, room: false)) == [.volumeLicensing])
    }
}
