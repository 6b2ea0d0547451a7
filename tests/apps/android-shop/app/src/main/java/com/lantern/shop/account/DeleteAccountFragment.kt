package com.lantern.shop.account

import androidx.fragment.app.Fragment
import androidx.lifecycle.lifecycleScope
import androidx.navigation.fragment.findNavController
import com.fullstory.FS
import com.google.firebase.auth.FirebaseAuth
import com.lantern.shop.R
import com.lantern.shop.net.ShopApi
import dagger.hilt.android.AndroidEntryPoint
import javax.inject.Inject
import kotlinx.coroutines.launch

private const val NOBODY = "anonymous"

@AndroidEntryPoint
class DeleteAccountFragment : Fragment(R.layout.fragment_delete_account) {
    @Inject
    lateinit var api: ShopApi

    private fun onConfirmed() {
        lifecycleScope.launch { deleteAccount() }
    }

    private suspend fun deleteAccount() {
        val user = FirebaseAuth.getInstance().currentUser ?: return
        api.deleteAccount(user.uid)
        FS.event("Account Deleted", emptyMap())
        FirebaseAuth.getInstance().signOut()
        FS.identify(NOBODY)
        findNavController().navigate(R.id.welcomeFragment)
    }
}
