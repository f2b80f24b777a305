"""The admin's door is the site's own, with its rate limits."""


def test_the_admin_sends_an_anonymous_visitor_to_the_site_s_sign_in(client, db):
    answer = client.get("/admin/login/?next=/admin/", follow=True)
    assert answer.redirect_chain[-1][0].startswith("/accounts/login/")
    assert client.post("/admin/login/", {"username": "a@example.com", "password": "x"}).status_code == 302


def test_staff_come_in_and_other_users_do_not(client_of, admin, owner):
    assert client_of(admin).get("/admin/").status_code == 200
    assert client_of(owner).get("/admin/", follow=True).status_code in (403, 404)
