class App extends HttpServlet {
    private final ExecutorService pool = Executors.newFixedThreadPool(2);
    private final ReentrantLock lock = new ReentrantLock();
    private final Semaphore permits = new Semaphore(3);
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
        lock.lock();
        try {
            if (permits.tryAcquire()) {
                pool.execute(() -> System.out.println("work"));
                permits.release();
            }
        } finally {
            lock.unlock();
        }
    }
    public void destroy() {
        pool.shutdown();
    }
}
