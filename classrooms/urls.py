"""The addresses of people, sittings and the board."""

from __future__ import annotations

from django.contrib.auth.views import LogoutView
from django.urls import path

from classrooms.views import board, classes, joining, pairing, people, roster

urlpatterns = [
    # Sought from the top: what a whole class opens at one moment comes first.
    path("j/", joining.join, name="join"),
    path("j/<str:code>/", joining.join, name="join-code"),
    path("j/<str:code>/back/", joining.rejoin, name="rejoin"),
    path("j/<str:code>/forget/", joining.forget, name="seat-forget"),
    path("seat/<str:code>/", joining.seat, name="seat"),
    path("seat/<str:code>/news/", joining.seat_news, name="seat-news"),
    path("seat/<str:code>/leave/", joining.leave, name="seat-leave"),
    path("", people.home, name="home"),
    path("sign-in/", people.SignIn.as_view(), name="sign-in"),
    path("sign-out/", LogoutView.as_view(), name="sign-out"),
    path("start/<str:code>/", people.start, name="start"),
    path("classrooms/", classes.classrooms, name="classrooms"),
    path("classrooms/new/", classes.classroom_new, name="classroom-new"),
    path("classrooms/<uuid:classroom_id>/", classes.classroom, name="classroom"),
    path("classrooms/<uuid:classroom_id>/list/", roster.roster, name="roster"),
    path("sessions/new/", classes.session_new, name="session-new"),
    path("sessions/new/rules/", classes.session_rules, name="session-rules"),
    path("sessions/<uuid:session_id>/", board.board, name="board"),
    path("sessions/<uuid:session_id>/pairing/", pairing.pairing, name="pairing"),
    path("sessions/<uuid:session_id>/live/", board.board_live, name="board-live"),
    path("sessions/<uuid:session_id>/code.svg", board.code_picture, name="board-code"),
    path("sessions/<uuid:session_id>/do/<slug:verb>/", board.session_do, name="board-do"),
    path("sessions/<uuid:session_id>/news/<slug:news>/", board.news_do, name="board-news"),
    path(
        "sessions/<uuid:session_id>/rooms/<uuid:room_id>/news/<slug:news>/",
        board.room_news,
        name="board-room-news",
    ),
    path("sessions/<uuid:session_id>/rooms/<uuid:room_id>/<slug:verb>/", board.room_do, name="board-room"),
    path(
        "sessions/<uuid:session_id>/rooms/<uuid:room_id>/time/<int:percent>/",
        board.room_time,
        name="board-room-time",
    ),
    path(
        "sessions/<uuid:session_id>/rooms/<uuid:room_id>/seats/<int:attendance_id>/",
        board.room_seat,
        name="board-room-seat",
    ),
    path(
        "sessions/<uuid:session_id>/rooms/<uuid:room_id>/seats/<uuid:seat_id>/remove/",
        board.seat_remove,
        name="board-seat-remove",
    ),
    path(
        "sessions/<uuid:session_id>/people/<int:attendance_id>/<slug:verb>/",
        board.person_do,
        name="board-person",
    ),
]
