import Registry
import RegistryAPI
import Synchronization

/// How much there is to tell an administrator, over all organisations: looked for anew when somebody reads the metrics and
/// the last look is five minutes old, on a thread of its own kind, so that reading them waits for nothing.
final class NoticeFigures: Sendable {
    struct Series: Hashable, Comparable {
        let kind: NoticeKind
        let severity: NoticeSeverity

        static func < (left: Series, right: Series) -> Bool {
            (left.kind.rawValue, left.severity) < (right.kind.rawValue, right.severity)
        }
    }

    struct Figure {
        var notices = 0
        var quantity = 0
        var affectedUsers = 0
        /// The first day on which some of it ends.
        var on: CalendarDate?
    }

    struct Look {
        let at: Instant
        let figures: [Series: Figure]
    }

    private struct State {
        var last: Look?
        var isLooking = false
    }

    static let interval: Int64 = 300

    private let state = Mutex(State())
    private let service: RegistryService
    private let threads: any TaskExecutor
    private let clock: any InstantSource

    init(service: RegistryService, threads: any TaskExecutor, clock: any InstantSource = SystemClock()) {
        self.service = service
        self.threads = threads
        self.clock = clock
    }

    /// The last look; nil until the first one has ended.
    func last() -> Look? {
        let now = clock.now()
        let (last, isDue) = state.withLock { state -> (Look?, Bool) in
            let isOld = state.last.map { !($0.at..<$0.at.adding(seconds: Self.interval)).contains(now) } ?? true
            guard isOld, !state.isLooking else { return (state.last, false) }
            state.isLooking = true
            return (state.last, true)
        }
        if isDue {
            Task(executorPreference: threads) { [self] in
                let figures = try? await look()
                state.withLock { state in
                    state.isLooking = false
                    if let figures { state.last = Look(at: now, figures: figures) }
                }
            }
        }
        return last
    }

    private func look() async throws -> [Series: Figure] {
        let caller = Caller(principal: Principal(stored: "user:tokend"), groups: [], ownsRegistry: true)
        var figures: [Series: Figure] = [:]
        var after: OrganizationID?
        repeat {
            let page = try await service.answer(ListNotices(after: after, limit: PageLimit.standard), as: caller)
            for notice in page.items.lazy.flatMap(\.notices) {
                var figure = figures[Series(kind: notice.kind, severity: notice.severity)] ?? Figure()
                figure.notices += 1
                figure.quantity += notice.quantity
                figure.affectedUsers += notice.affectedUsers
                figure.on = [figure.on, notice.on].compactMap(\.self).min()
                figures[Series(kind: notice.kind, severity: notice.severity)] = figure
            }
            after = page.next
        } while after != nil
        return figures
    }
}
