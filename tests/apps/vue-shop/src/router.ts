import { createRouter, createWebHistory } from 'vue-router'
import { useSession } from './stores/session'

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/', name: 'home', component: () => import('./pages/HomePage.vue') },
    { path: '/login', name: 'login', component: () => import('./pages/LoginPage.vue') },
    { path: '/devices', component: () => import('./pages/DevicesPage.vue'), meta: { private: true } },
    { path: '/family', component: () => import('./pages/FamilyPage.vue'), meta: { private: true } },
    { path: '/delete', component: () => import('./pages/DeleteAccountPage.vue'), meta: { private: true } },
    { path: '/guest', component: () => import('./pages/GuestPage.vue') },
    { path: '/till', component: () => import('./pages/TillPage.vue') },
  ],
})

router.beforeEach((to) => {
  const session = useSession()
  if (to.meta.private && !session.reader) return { name: 'login' }
})
