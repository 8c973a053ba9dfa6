import '../views/dashboard.js';
