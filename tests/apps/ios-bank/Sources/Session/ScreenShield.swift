import FullStory
import UIKit

/// Hides balances while the screen is shared.
final class ScreenShield {
    private var timer: Timer?

    func start() {
        timer = Timer.scheduledTimer(withTimeInterval: 5, repeats: true) { [weak self] _ in
            guard UIScreen.main.isCaptured else { return }
            FS.anonymize()
            self?.hideBalances()
        }
    }

    private func hideBalances() {
        NotificationCenter.default.post(name: Notification.Name("hideBalances"), object: nil)
    }
}
