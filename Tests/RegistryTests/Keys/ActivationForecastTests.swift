import Testing

@testable import Registry

@Suite("When a key's activations run out")
struct ActivationForecastTests {
    private let today = CalendarDate(daysSinceEpoch: 20_543)

    private func forecast(_ activations: Int?, consumed: Int, lately: Int, first: String?) -> ActivationForecast {
        ActivationForecast(
            activations: activations,
            use: KeyUse(
                consumed: consumed,
                consumedLately: lately,
                firstConsumedOn: first.flatMap { CalendarDate($0) }
            ),
            today: today
        )
    }

    @Test("R24: at thirty in ninety days, ten last for another thirty")
    func steady() {
        let forecast = forecast(100, consumed: 90, lately: 30, first: "2025-01-01")
        #expect(forecast.left == 10)
        #expect(forecast.runsOutOn == CalendarDate("2026-04-30"))
    }

    @Test("R24: the rate of a young key is that of its own days, today included")
    func young() {
        // Ten in ten days, twenty left.
        let forecast = forecast(30, consumed: 10, lately: 10, first: "2026-03-22")
        #expect(forecast.runsOutOn == CalendarDate("2026-04-20"))
    }

    @Test("R24: a part of a day counts as a day")
    func roundsUp() {
        #expect(forecast(91, consumed: 90, lately: 80, first: "2025-01-01").runsOutOn == CalendarDate("2026-04-02"))
        #expect(forecast(91, consumed: 90, lately: 90, first: "2025-01-01").runsOutOn == CalendarDate("2026-04-01"))
    }

    @Test("R24: there is no forecast without a count, without use lately, with nothing left, and a century ahead")
    func none() {
        #expect(
            forecast(nil, consumed: 9, lately: 9, first: "2026-03-01")
                == forecast(nil, consumed: 0, lately: 0, first: nil)
        )
        #expect(forecast(10, consumed: 9, lately: 0, first: "2025-01-01").runsOutOn == nil)
        #expect(forecast(10, consumed: 10, lately: 10, first: "2026-03-01").left == 0)
        #expect(forecast(10, consumed: 10, lately: 10, first: "2026-03-01").runsOutOn == nil)
        #expect(forecast(1_000_000, consumed: 1, lately: 1, first: "2025-01-01").runsOutOn == nil)
    }

    @Test("The window of the present rate is ninety days, today included")
    func window() {
        #expect(ActivationForecast.windowStart(on: today) == CalendarDate("2026-01-01"))
    }
}
