package com.lantern.shop.account

import androidx.compose.foundation.layout.Column
import androidx.compose.material3.Button
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.hilt.navigation.compose.hiltViewModel
import androidx.navigation.NavController
import com.google.firebase.auth.FirebaseAuth

@Composable
fun AccountScreen(navController: NavController, viewModel: AccountViewModel = hiltViewModel()) {
    LaunchedEffect(Unit) {
        viewModel.events.collect { event ->
            when (event) {
                AccountEvent.LoggedOut -> navController.navigate("login") { popUpTo(0) { inclusive = true } }
                is AccountEvent.Failed -> navController.navigate("error/${event.message}")
            }
        }
    }
    Column {
        Button(onClick = { viewModel.logout() }) { Text("Log out") }
        TextButton(
            onClick = {
                FirebaseAuth.getInstance().signOut()
                navController.navigate("login") { popUpTo(0) { inclusive = true } }
            }
        ) {
            Text("Sign out everywhere")
        }
    }
}
