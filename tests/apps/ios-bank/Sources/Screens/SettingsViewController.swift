import KeychainSwift
import UIKit

final class SettingsViewController: UITableViewController {
    private enum Row: Int, CaseIterable {
        case notifications, language, signOut
    }

    override func tableView(_ tableView: UITableView, numberOfRowsInSection section: Int) -> Int {
        Row.allCases.count
    }

    override func tableView(_ tableView: UITableView, didSelectRowAt indexPath: IndexPath) {
        tableView.deselectRow(at: indexPath, animated: true)
        guard Row(rawValue: indexPath.row) == .signOut else { return }
        askBeforeSigningOut()
    }

    private func askBeforeSigningOut() {
        let alert = UIAlertController(title: "Sign out?", message: nil, preferredStyle: .alert)
        alert.addAction(UIAlertAction(title: "Cancel", style: .cancel))
        alert.addAction(UIAlertAction(title: "Sign Out", style: .destructive) { [weak self] _ in
            KeychainSwift().delete("access_token")
            let login = LoginViewController()
            self?.view.window?.rootViewController = UINavigationController(rootViewController: login)
        })
        present(alert, animated: true)
    }
}
