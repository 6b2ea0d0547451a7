import FullStory
import KeychainSwift
import UIKit

/// One phone, several customers: a family, or a company's book-keeper.
final class CustomerSwitcherViewController: UITableViewController {
    private var sessions: [Session] = []

    override func tableView(_ tableView: UITableView, didSelectRowAt indexPath: IndexPath) {
        switchAccount(to: sessions[indexPath.row])
    }

    private func switchAccount(to session: Session) {
        KeychainSwift().set(session.token, forKey: "access_token")
        FS.identify(session.customer.number, userVars: ["tier_str": session.customer.tier])
        view.window?.rootViewController = HomeViewController()
    }
}
