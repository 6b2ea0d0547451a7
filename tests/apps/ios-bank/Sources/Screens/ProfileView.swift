import SwiftUI

struct ProfileView: View {
    @StateObject private var auth = AuthManager.shared
    @State private var isAsking = false

    var body: some View {
        NavigationStack {
            List {
                if let customer = auth.customer {
                    LabeledContent("Customer", value: customer.number)
                    LabeledContent("Tier", value: customer.tier)
                }
                Section {
                    Button("Sign Out", role: .destructive) { isAsking = true }
                    NavigationLink("Close Account") { CloseAccountView() }
                }
            }
            .navigationTitle("Profile")
            .confirmationDialog("Sign out of Lighthouse?", isPresented: $isAsking) {
                Button("Sign Out", role: .destructive) {
                    Task {
                        await auth.logout()
                        AppCoordinator.shared.showLogin()
                    }
                }
                Button("Stay", role: .cancel) {}
            }
        }
    }
}

#Preview {
    ProfileView()
}
